import { DomainError } from '../../../platform/errors/domain-error.js';
import type { Solve } from '../entities/solve.entity.js';
import type { Outcome } from '../repositories/solves.repository.js';
import type { TestRun } from '../solve.types.js';
import type { Budget } from './budget.js';
import type { SolveProgress } from './solve-progress.js';
import type { SourceTree } from './solve-source.js';
import type { TestPlan } from './test-plan.js';
import type { WorkTree } from './work-tree.js';

/** What one uninterrupted stretch of work on a solve works with. */
export interface Stretch {
  readonly solve: Solve;
  readonly source: SourceTree;
  readonly tree: WorkTree;
  readonly progress: SolveProgress;
  readonly budget: Budget;
  readonly signal: AbortSignal;
}

/** How the repository's tests are run, and how they ended on the untouched tree; neither where no manifest says how. */
export interface Baseline {
  readonly plan: TestPlan | undefined;
  readonly before: TestRun | null;
}

/** Thrown into everything that runs when one uninterrupted stretch of work has taken too long. */
export class StretchTimeout extends Error {}

/** How an error that ended a stretch is told to people. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof StretchTimeout) return { status: 'failed', reason: 'timeout', detail: error.message };
  if (error instanceof DomainError) {
    const reason = error.code.startsWith('llm.') ? 'model.error' : error.code;
    return { status: 'failed', reason, detail: error.detail };
  }
  return { status: 'failed', reason: 'internal', detail: 'Something went wrong on the server while the solve ran.' };
}
