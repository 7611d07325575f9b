import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { BudgetStandings } from '../budgets/budget-standings.js';
import { USER_LIMITS } from './limit.decorator.js';
import { limitKey } from './rate-limiter.js';
import { limitsOf } from './rate-limits.js';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';

export interface LimitState {
  readonly name: string;
  /** Null is unlimited. */
  readonly limit: number | null;
  readonly used: number;
  readonly reserved: number;
  readonly resetsAt: string | null;
}

/** How much of their limits somebody has used. */
@Injectable()
export class LimitsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly storage: RedisThrottlerStorage,
    private readonly budgets: BudgetStandings,
  ) {}

  /** A user's rate limits, a minute each, then their budgets. */
  async list(userId: string): Promise<LimitState[]> {
    const [rates, budgets] = await Promise.all([this.rates(userId), this.budgets.of(userId)]);
    return [
      ...rates,
      ...budgets.map(({ name, limit, used, reserved, resetsAt }) => ({ name, limit, used, reserved, resetsAt })),
    ];
  }

  private rates(userId: string): Promise<LimitState[]> {
    const limits = limitsOf(this.config);
    return Promise.all(
      USER_LIMITS.map(async (name) => {
        const { used, resetsAt } = await this.storage.used(limitKey(name, userId));
        return { name, limit: limits[name], used, reserved: 0, resetsAt: resetsAt?.toISOString() ?? null };
      }),
    );
  }
}
