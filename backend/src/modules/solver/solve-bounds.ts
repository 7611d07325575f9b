import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { BudgetLimits, DEPLOYMENT } from '../auth/index.js';
import type { StartSolveDto } from './dto/start-solve.dto.js';

/** Limits of one solve. */
export interface SolveLimits {
  readonly limitSteps: number;
  readonly limitMinutes: number;
  readonly limitCostUsd: number;
}

/** How many solves there may be, and how much each of them may take. */
@Injectable()
export class SolveBounds {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly limits: BudgetLimits,
  ) {}

  /** Solves of a user that wait or run. */
  openOf(userId: string): Promise<number> {
    return this.limits.solves('open-solves', userId);
  }

  /** Solves that run at once, on all workers together. */
  atOnce(): Promise<number> {
    return this.limits.solves('concurrent-solves', DEPLOYMENT);
  }

  /** One uninterrupted stretch of work. */
  get stretchSeconds(): number {
    return this.config.SOLVER_TIMEOUT_SECONDS;
  }

  /** A request may lower the limits, not raise them. */
  ofSolve(wish: StartSolveDto['limits']): SolveLimits {
    const { MAX_SOLVE_STEPS, MAX_SOLVE_TIME_MINUTES, MAX_SOLVE_COST_USD } = this.config;
    return {
      limitSteps: bounded(wish?.steps, MAX_SOLVE_STEPS),
      limitMinutes: bounded(wish?.minutes, MAX_SOLVE_TIME_MINUTES),
      limitCostUsd: bounded(wish?.costUsd, MAX_SOLVE_COST_USD),
    };
  }
}

const bounded = (wish: number | undefined, most: number): number => Math.min(wish ?? most, most);
