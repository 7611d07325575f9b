import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { BudgetsRepository, type OwnLimits } from '../repositories/budgets.repository.js';
import {
  type BudgetName,
  BUDGETS_OF,
  type CountedBudget,
  DEPLOYMENT,
  type EffectiveLimit,
  EVERYONE,
  type Subject,
} from './budget.types.js';

/** Which limits apply: a user's own, else everyone's, else the environment's; the deployment's own, else the environment's. */
@Injectable()
export class BudgetLimits {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly budgets: BudgetsRepository,
  ) {}

  /** The subject's limits, in the order of `BUDGETS_OF`. */
  async of(subject: Subject, tx?: EntityManager): Promise<EffectiveLimit[]> {
    const names = BUDGETS_OF[subject === DEPLOYMENT || subject === EVERYONE ? subject : 'user'];
    const set = await this.budgets.ownLimits([subject, EVERYONE], tx);
    return names.map((name) => {
      const standard = subject === DEPLOYMENT || subject === EVERYONE ? undefined : set.get(EVERYONE)?.[name];
      return effective(name, set.get(subject), standard === undefined ? this.environment(subject, name) : standard);
    });
  }

  /** How many solves a user may have open; how many run at once. These are never unlimited. */
  async solves(name: CountedBudget, subject: Subject): Promise<number> {
    const limit = (await this.of(subject)).find((each) => each.name === name)?.limit;
    return limit ?? this.solvesOfEnvironment(name);
  }

  private environment(subject: Subject, name: BudgetName): number | null {
    const { config } = this;
    const whole = subject === DEPLOYMENT;
    switch (name) {
      case 'tokens-per-day':
        return (whole ? config.BUDGET_TOKENS_PER_DAY : config.BUDGET_USER_TOKENS_PER_DAY) ?? null;
      case 'usd-per-month':
        return (whole ? config.BUDGET_USD_PER_MONTH : config.BUDGET_USER_USD_PER_MONTH) ?? null;
      default:
        return this.solvesOfEnvironment(name);
    }
  }

  private solvesOfEnvironment(name: CountedBudget): number {
    return name === 'open-solves' ? this.config.MAX_OPEN_SOLVES_PER_USER : this.config.MAX_CONCURRENT_SOLVES;
  }
}

function effective(name: BudgetName, own: OwnLimits | undefined, standard: number | null): EffectiveLimit {
  const set = own?.[name];
  return { name, limit: set === undefined ? standard : set, standard, own: set !== undefined };
}
