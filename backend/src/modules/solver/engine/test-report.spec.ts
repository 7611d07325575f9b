import type { TestRun } from '../solve.types.js';
import type { TestPlan } from './test-plan.js';
import { compareRuns, couldRun, readReport } from './test-report.js';

const plan = (format: TestPlan['format']): TestPlan => ({ command: 'test', format });

const run = (over: Partial<TestRun>): TestRun => ({
  command: 'test',
  exitCode: 0,
  durationMs: 1,
  passed: 1,
  failed: [],
  ...over,
});

describe('readReport', () => {
  it('reads TAP', () => {
    const output = 'TAP version 13\nok 1 - adds\n# Subtest: x\n    not ok 1 - inner\nnot ok 2 - pages # time=1\n1..2\n';
    expect(readReport(plan('node'), output)).toEqual({ failed: ['inner', 'pages'], passed: 1 });
  });

  it("reads node:test's spec reporter without its heading", () => {
    const output = '✔ adds (1.2ms)\n✖ pages of ten (3.4ms)\n\n✖ failing tests:\n\n✖ pages of ten (3.4ms)\n';
    expect(readReport(plan('node'), output)).toEqual({ failed: ['pages of ten'], passed: 1 });
  });

  it('reads pytest, go and cargo', () => {
    expect(
      readReport(plan('pytest'), 'FAILED tests/test_a.py::test_x - assert 1\n1 failed, 12 passed in 0.1s'),
    ).toEqual({
      failed: ['tests/test_a.py::test_x'],
      passed: 12,
    });
    expect(
      readReport(plan('go'), '--- PASS: TestAdd (0.00s)\n--- FAIL: TestPages (0.00s)\nFAIL\tacme/x\t0.1s'),
    ).toEqual({
      failed: ['TestPages'],
      passed: 1,
    });
    expect(readReport(plan('cargo'), 'test a::b ... ok\ntest a::c ... FAILED\n')).toEqual({
      failed: ['a::c'],
      passed: 1,
    });
  });
});

it.each([
  ['node:test', 'ok 1 - a\n# pass 7\n'],
  ['node:test, told', '✔ a (1ms)\nℹ pass 7\n'],
  ['Jest', 'Tests:       1 failed, 1 skipped, 7 passed, 9 total\n'],
  ['Vitest', '      Tests  1 failed | 7 passed (8)\n'],
  ['Mocha', '  7 passing (12ms)\n  1 failing\n'],
])('takes the number of passed tests from the last words of %s', (_runner, output) => {
  expect(readReport(plan('node'), output).passed).toBe(7);
});

it('does not count a skipped test as passed, nor an expected failure as one', () => {
  const output = 'ok 1 - later # SKIP\nnot ok 2 - some day # TODO\nok 3 - adds\n';
  expect(readReport(plan('node'), output)).toEqual({ failed: [], passed: 1 });
});

describe('compareRuns', () => {
  it('names what was mended and what was broken', () => {
    const compared = compareRuns(run({ exitCode: 1, failed: ['a', 'b'] }), run({ exitCode: 1, failed: ['b', 'c'] }));
    expect(compared.fixed).toEqual(['a']);
    expect(compared.regressed).toEqual(['c']);
  });

  it('blames nobody for a suite that could not run before', () => {
    const compared = compareRuns(run({ exitCode: 127 }), run({ exitCode: 1, failed: ['a'] }));
    expect(compared.regressed).toEqual([]);
  });

  it('takes a suite that turned red without a readable name for broken', () => {
    expect(compareRuns(run({}), run({ exitCode: 2 })).regressed).toHaveLength(1);
  });
});

it('a suite whose program is missing, or that was killed, did not run', () => {
  expect(couldRun(run({ exitCode: 127 }))).toBe(false);
  expect(couldRun(run({ exitCode: 137 }))).toBe(false);
  expect(couldRun(run({ exitCode: 1 }))).toBe(true);
});
