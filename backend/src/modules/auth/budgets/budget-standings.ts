import { Injectable } from '@nestjs/common';
import { BudgetsRepository } from '../repositories/budgets.repository.js';
import { BudgetLimits } from './budget-limits.js';
import {
  type CountedBudget,
  type EffectiveLimit,
  EVERYONE,
  isSpending,
  measured,
  resetOf,
  type Standing,
  type Subject,
} from './budget.types.js';

/** A limit and how far it is used. */
export interface BudgetState extends EffectiveLimit {
  readonly used: number;
  readonly reserved: number;
  readonly resetsAt: string | null;
}

/** How many of something a subject has at the moment. */
export type BudgetCounter = (subject: Subject) => Promise<number>;

const NOTHING: Standing = { used: { tokens: 0, costUsd: 0 }, reserved: { tokens: 0, costUsd: 0 } };

/** Budgets as they are shown. What is counted elsewhere is told by the modules it belongs to, in `onModuleInit`. */
@Injectable()
export class BudgetStandings {
  private readonly counters = new Map<CountedBudget, BudgetCounter>();

  constructor(
    private readonly limits: BudgetLimits,
    private readonly budgets: BudgetsRepository,
  ) {}

  register(name: CountedBudget, counter: BudgetCounter): void {
    this.counters.set(name, counter);
  }

  async of(subject: Subject): Promise<BudgetState[]> {
    const [limits, standings] = await Promise.all([this.limits.of(subject), this.budgets.standings([subject])]);
    const standing = standings.get(subject) ?? NOTHING;
    return Promise.all(limits.map((limit) => this.state(subject, limit, standing)));
  }

  private async state(subject: Subject, limit: EffectiveLimit, { used, reserved }: Standing): Promise<BudgetState> {
    const { name } = limit;
    if (!isSpending(name)) {
      const count = subject === EVERYONE ? 0 : ((await this.counters.get(name)?.(subject)) ?? 0);
      return { ...limit, used: count, reserved: 0, resetsAt: null };
    }
    return {
      ...limit,
      used: measured(name, used),
      reserved: measured(name, reserved),
      resetsAt: resetOf(name).toISOString(),
    };
  }
}
