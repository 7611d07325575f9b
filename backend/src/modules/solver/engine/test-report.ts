import type { TestComparison, TestRun } from '../solve.types.js';
import type { TestPlan } from './test-plan.js';

const MOST_NAMES = 200;
const LONGEST_NAME = 300;

interface Patterns {
  readonly failed: readonly RegExp[];
  /** Lines that name one passed test each. */
  readonly passed: readonly RegExp[];
  /** Lines that sum passed tests up; where there is one, it counts instead of the lines above. */
  readonly sums: readonly RegExp[];
}

/** How the runners that we know print a test's result. One pattern a form, the name (or the number) in its first group. */
const PATTERNS: Record<TestPlan['format'], Patterns> = {
  node: {
    // TAP, node:test's spec reporter, Jest and Vitest, Mocha
    failed: [
      /^\s*not ok \d+ - (?!.* # (?:TODO|SKIP))(.+?)(?: # .*)?$/,
      /^\s*✖ (.+?)(?: \([\d.]+ms\))?$/,
      /^\s*[✕×] (.+?)(?: \([\d.]+ m?s\))?$/,
    ],
    passed: [/^\s*ok \d+ - (?!.* # (?:TODO|SKIP))(.+?)(?: # .*)?$/, /^\s*[✔✓] (.+?)(?: \([\d.]+ ?m?s\))?$/],
    sums: [
      /^(?:#|ℹ) pass\s+(\d+)$/,
      /^Tests:\s.*?(\d+) passed, /,
      /^\s*Tests\s.*?(\d+) passed\b/,
      /^\s*(\d+) passing\b/,
    ],
  },
  pytest: { failed: [/^(?:FAILED|ERROR) (\S+)/], passed: [], sums: [/\b(\d+) passed\b.* in [\d.]+s/] },
  go: {
    failed: [/^\s*--- FAIL: (\S+)/, /^FAIL\s+(\S+)\s+\[build failed\]/],
    passed: [/^\s*--- PASS: (\S+)/],
    sums: [],
  },
  cargo: { failed: [/^test (\S+) \.\.\. FAILED/], passed: [/^test (\S+) \.\.\. ok/], sums: [] },
  other: { failed: [], passed: [], sums: [] },
};

/** Headings that the spec reporter prints in the form of a failed test. */
const NOT_A_TEST = /^failing tests:?$/;

/** Whether the suite ran at all: 126 and 127 are the shell's words for "cannot run" and "not found". */
export function couldRun(run: TestRun): boolean {
  return run.exitCode !== 126 && run.exitCode !== 127 && run.exitCode < 128;
}

/** Reads the names of failed tests and the number of passed ones from a runner's output. */
export function readReport(plan: TestPlan, output: string): Pick<TestRun, 'failed' | 'passed'> {
  const { failed, passed, sums } = PATTERNS[plan.format];
  const names = new Set<string>();
  let counted = 0;
  let summed: number | undefined;
  for (const line of output.split('\n')) {
    const name = firstMatch(failed, line);
    const sum = firstMatch(sums, line);
    if (sum !== undefined) summed = (summed ?? 0) + Number(sum);
    else if (name !== undefined && !NOT_A_TEST.test(name)) names.add(name.slice(0, LONGEST_NAME));
    else if (firstMatch(passed, line) !== undefined) counted++;
  }
  return { failed: [...names].slice(0, MOST_NAMES), passed: summed ?? counted };
}

function firstMatch(patterns: readonly RegExp[], line: string): string | undefined {
  for (const pattern of patterns) {
    const name = pattern.exec(line)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/**
 * What a change did to the suite. A suite that turned red without a name that we can read has regressed as a whole; one that
 * could not run before says nothing about what fails now.
 */
export function compareRuns(before: TestRun, after: TestRun): TestComparison {
  const fixed = before.failed.filter((name) => !after.failed.includes(name));
  const regressed = couldRun(before) ? after.failed.filter((name) => !before.failed.includes(name)) : [];
  const turnedRed = before.exitCode === 0 && after.exitCode !== 0 && regressed.length === 0;
  return { before, after, fixed, regressed: turnedRed ? ['the suite as a whole'] : regressed };
}
