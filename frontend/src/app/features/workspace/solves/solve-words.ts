import type { Solve } from '@yudai/sdk';
import { duration } from '../../../ui/relative-time/relative';

const reasons: Record<string, string> = {
  'limit.steps': 'The limit of steps is reached.',
  'limit.time': 'The limit of time is reached.',
  'limit.cost': 'The limit of cost is reached.',
  approval: 'It waits for an approval.',
  question: 'It waits for an answer.',
  'agent.gave-up': 'The agent gave up.',
  'diff.empty': 'It ended without changing anything.',
  'tests.regressed': 'Tests that passed before fail now.',
  'tests.still-failing': 'Tests that failed before still fail.',
  'tests.none': 'No test could be run on the change.',
  timeout: 'It took too long without a pause; the work so far is kept.',
  'model.error': 'The model did not answer.',
  attempts: 'It stopped several times without finishing; the work so far is kept.',
  internal: 'Something went wrong on the server.',
};

/** Why a solve stands where it stands, in a sentence; an unknown code is shown as it is. */
export const reasonInWords = (code: string | undefined): string => (code ? (reasons[code] ?? code) : '');

/** Where a solve waits: "Number 2 in the queue, about 3 min." */
function turn({ queue }: Solve): string {
  if (!queue) return 'It waits for its turn.';
  const eta = queue.etaSeconds === null ? '' : `, about ${duration(queue.etaSeconds)}`;
  return queue.position <= 1 ? `It is next${eta}.` : `Number ${queue.position} in the queue${eta}.`;
}

/** What the tests say of a change that has come out well. */
function outcome({ tests }: Solve): string | undefined {
  if (!tests) return undefined;
  const { length } = tests.fixed;
  if (length === 0) return 'There is a change, and the tests are no worse for it.';
  return `There is a change that mends ${length === 1 ? 'a test' : `${length} tests`} and breaks none.`;
}

/** Where a solve stands, in a sentence that says what it means for the person. */
export function solveInWords(solve: Solve): string {
  const why = solve.detail ?? reasonInWords(solve.reason);
  switch (solve.status) {
    case 'queued':
      return turn(solve);
    case 'starting':
      return 'The branch is checked out and its tests run once, before anything is changed.';
    case 'running':
      return 'The agent is at work. You may leave; it goes on.';
    case 'validating':
      return 'The agent is done. The tests run on what it has changed.';
    case 'paused':
      return `${why} The work so far is kept.`;
    case 'completed':
      return outcome(solve) ?? (why || 'There is a change.');
    case 'unverified':
      return `There is a change, but nothing proves it. ${why}`;
    case 'failed':
      return why || 'It did not work out.';
    case 'cancelled':
      return 'It was cancelled. What it had changed until then is kept.';
  }
}
