import type { Outcome } from '../repositories/solves.repository.js';
import type { DiffStat, TestComparison } from '../solve.types.js';
import { couldRun } from './test-report.js';

export interface Evidence {
  readonly outcome: 'solved' | 'gave_up';
  readonly summary: string;
  readonly diff: DiffStat;
  readonly tests?: TestComparison;
}

/**
 * How a solve that the agent has ended is to be called. The agent's word is not enough: there must be a diff, and the
 * repository's tests must not be worse for it.
 */
export function verdict({ outcome, summary, diff, tests }: Evidence): Outcome {
  if (outcome === 'gave_up') return { status: 'failed', reason: 'agent.gave-up', detail: summary };
  if (diff.files === 0) {
    return {
      status: 'failed',
      reason: 'diff.empty',
      detail: 'The agent says that it is done but has changed nothing.',
    };
  }
  if (!tests || !couldRun(tests.after)) {
    return {
      status: 'unverified',
      reason: 'tests.none',
      detail: 'No test of the repository could be run, so nothing confirms the change.',
    };
  }
  if (tests.regressed.length > 0) {
    return {
      status: 'failed',
      reason: 'tests.regressed',
      detail: `Tests fail that did not fail before: ${tests.regressed.slice(0, 5).join(', ')}.`,
    };
  }
  if (tests.after.exitCode !== 0 && tests.fixed.length === 0) {
    return {
      status: 'unverified',
      reason: 'tests.still-failing',
      detail: 'The tests that failed before still fail, and none of them was mended, so nothing confirms the change.',
    };
  }
  if (lostTests(tests)) {
    return {
      status: 'unverified',
      reason: 'tests.fewer',
      detail: `${tests.before.passed} tests passed before and ${tests.after.passed} pass now: tests that are gone confirm nothing.`,
    };
  }
  return { status: 'completed' };
}

/** A test that failed and is said to be mended must be among those that pass now, and those that passed must still be there. */
function lostTests({ before, after, fixed }: TestComparison): boolean {
  return after.passed < before.passed || (fixed.length > 0 && after.passed === before.passed);
}
