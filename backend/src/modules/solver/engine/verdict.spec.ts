import type { TestComparison, TestRun } from '../solve.types.js';
import { type Evidence, verdict } from './verdict.js';

const run = (exitCode: number, passed = 1): TestRun => ({
  command: 'test',
  exitCode,
  durationMs: 1,
  passed,
  failed: [],
});
const tests = (over: Partial<TestComparison>): TestComparison => ({
  before: run(1),
  after: run(0, 2),
  fixed: [],
  regressed: [],
  ...over,
});
const evidence = (over: Partial<Evidence>): Evidence => ({
  outcome: 'solved',
  summary: 'done',
  diff: { files: 1, insertions: 1, deletions: 1 },
  tests: tests({ fixed: ['a'] }),
  ...over,
});

describe('verdict', () => {
  it('V6: an agent that submits a change with passing tests has completed the solve', () => {
    expect(verdict(evidence({})).status).toBe('completed');
  });

  it.each([
    ['the agent gives up', { outcome: 'gave_up' as const }, 'failed', 'agent.gave-up'],
    ['nothing was changed', { diff: { files: 0, insertions: 0, deletions: 0 } }, 'failed', 'diff.empty'],
    ['a test was broken', { tests: tests({ regressed: ['b'], after: run(1) }) }, 'failed', 'tests.regressed'],
    ['there are no tests', { tests: undefined }, 'unverified', 'tests.none'],
    ['the tests cannot run', { tests: tests({ after: run(127) }) }, 'unverified', 'tests.none'],
    ['the red test was taken out', { tests: tests({ fixed: ['a'], after: run(0, 1) }) }, 'unverified', 'tests.fewer'],
    ['a passing test was taken out', { tests: tests({ after: run(0, 0) }) }, 'unverified', 'tests.fewer'],
    ['what failed still fails', { tests: tests({ after: run(1) }) }, 'unverified', 'tests.still-failing'],
  ])('when %s it is %s', (_name, over, status, reason) => {
    expect(verdict(evidence(over as Partial<Evidence>))).toMatchObject({ status, reason });
  });
});
