import { existsSync, readFileSync } from 'node:fs';

/** Numbers of tests, and what each failure says. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

export const NOTHING: Results = { passed: 0, failed: 0, skipped: 0, failures: [] };

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests?: number;
  readonly testResults: readonly JestFile[];
}

interface JestFile {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages?: readonly string[] | null;
  }[];
}

/**
 * Jest's JSON report, which Vitest writes as well; undefined when there is none.
 * A file that could not be loaded has no tests that could fail, so it counts as one itself.
 */
export function readJestReport(file: string): Results | undefined {
  if (!existsSync(file)) return undefined;
  const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
  const unloadable = report.testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
  });
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    failures: [
      ...unloadable.map(({ name, message = '' }) => `${name}\n${message}`),
      ...report.testResults.flatMap(failuresOf),
    ],
  };
}

function failuresOf({ name, assertionResults }: JestFile): string[] {
  return assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => `${name}\n${fullName}\n${(failureMessages ?? []).join('\n')}`);
}

/** `{ passed, failed, skipped, failures: string[] }`, as the browser's tests write it. */
export function readPlainReport(file: string): Results | undefined {
  if (!existsSync(file)) return undefined;
  return { ...NOTHING, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<Results>) };
}
