import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { BudgetsRepository } from '../repositories/budgets.repository.js';
import { UsageRepository } from '../repositories/usage.repository.js';
import { BudgetLimits } from './budget-limits.js';
import {
  type Amount,
  DEPLOYMENT,
  isSpending,
  measured,
  resetOf,
  type SpendingBudget,
  type Standing,
  type Subject,
} from './budget.types.js';
import { budgetExceeded, priceUnknown } from './budgets.errors.js';

/** What the language model is asked for. */
export type UsageKind = 'chat' | 'draft' | 'solve';

/** Who pays for a call, and for what. */
export interface Payer {
  readonly userId: string;
  readonly kind: UsageKind;
  /** Id of the message, issue or solve. */
  readonly ref: string;
  /** `owner/name` */
  readonly repository: string;
}

/** What a call may take at most; the cost is null where nobody knows the model's price. */
export interface Estimate {
  readonly model: string;
  readonly tokens: number;
  readonly costUsd: number | null;
}

interface Bound {
  readonly subject: Subject;
  readonly name: SpendingBudget;
  readonly limit: number;
}

/** How long a reservation outlives the process that made it. */
export const RESERVATION_SECONDS = 60;

/** Budgets for the language model: reserved before a call, settled after it. */
@Injectable()
export class Spending {
  constructor(
    private readonly limits: BudgetLimits,
    private readonly budgets: BudgetsRepository,
    private readonly usage: UsageRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Whether a call may be begun, without beginning it.
   * @throws DomainError `auth.budget-exceeded` (429), `llm.price-unknown` (503)
   */
  async ensureRoom(userId: string, estimate: Estimate): Promise<void> {
    const bounds = await this.bounds(userId);
    if (bounds.length > 0) await this.check(bounds, estimate);
  }

  /**
   * Sets aside what a call may take at most, of the user's and of the deployment's budgets, or nothing. Reservations of one
   * budget come one after another in the whole deployment.
   * @returns the reservation's id; it lasts RESERVATION_SECONDS, or as long as it is prolonged
   * @throws DomainError `auth.budget-exceeded`, `llm.price-unknown`
   */
  async reserve({ userId, kind }: Payer, estimate: Estimate): Promise<string> {
    const id = newId();
    const amount = { tokens: estimate.tokens, costUsd: estimate.costUsd ?? 0 };
    await this.transactions.run(async (tx) => {
      const bounds = await this.bounds(userId, tx);
      if (bounds.length > 0) {
        await this.budgets.lock(tx, [...new Set(bounds.map(({ subject }) => subject))]);
        await this.check(bounds, estimate, tx);
      }
      await this.usage.reserve(tx, { id, userId, kind, ...amount }, RESERVATION_SECONDS);
    });
    return id;
  }

  prolong(reservation: string): Promise<void> {
    return this.usage.prolong(reservation, RESERVATION_SECONDS);
  }

  /** What the call really took, in the place of what was set aside for it. */
  async settle(reservation: string, { userId, kind, ref, repository }: Payer, taken: Amount): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.usage.insert(tx, {
        ...{ id: newId(), userId, kind, ref, repository },
        ...{ tokens: String(taken.tokens), costUsd: taken.costUsd.toFixed(6) },
      });
      await this.usage.addToDay(tx, [DEPLOYMENT, userId], taken);
      await this.usage.release(reservation, tx);
    });
  }

  /** The call came to nothing. */
  release(reservation: string): Promise<void> {
    return this.usage.release(reservation);
  }

  private async bounds(userId: string, tx?: EntityManager): Promise<Bound[]> {
    const bounds: Bound[] = [];
    for (const subject of [userId, DEPLOYMENT]) {
      for (const { name, limit } of await this.limits.of(subject, tx)) {
        if (isSpending(name) && limit !== null) bounds.push({ subject, name, limit });
      }
    }
    return bounds;
  }

  private async check(bounds: readonly Bound[], estimate: Estimate, tx?: EntityManager): Promise<void> {
    const standings = await this.budgets.standings([...new Set(bounds.map(({ subject }) => subject))], tx);
    for (const bound of bounds) {
      const standing = standings.get(bound.subject);
      if (standing) demandRoom(bound, standing, estimate);
    }
  }
}

function demandRoom({ subject, name, limit }: Bound, standing: Standing, { model, tokens, costUsd }: Estimate): void {
  if (name === 'usd-per-month' && costUsd === null) throw priceUnknown(model);
  const wanted = measured(name, { tokens, costUsd: costUsd ?? 0 });
  const used = measured(name, standing.used);
  const reserved = measured(name, standing.reserved);
  if (used + reserved + wanted <= limit) return;
  const scope = subject === DEPLOYMENT ? 'deployment' : 'user';
  const resetsAt = resetOf(name).toISOString();
  throw budgetExceeded({ name, scope, limit, used, reserved, resetsAt }, used + wanted <= limit);
}
