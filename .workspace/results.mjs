import { existsSync, readFileSync } from 'node:fs';

/** Numbers of tests, and what each failure says. */
export const nothing = () => ({ passed: 0, failed: 0, skipped: 0, failures: [] });

/**
 * Jest's JSON report, which Vitest writes as well.
 * A file that could not be loaded has no tests that could fail, so it counts as one itself.
 */
export function readJestReport(file) {
  if (!existsSync(file)) return undefined;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const results = { ...nothing(), passed: report.numPassedTests, failed: report.numFailedTests };
  results.skipped = report.numPendingTests + (report.numTodoTests ?? 0);
  for (const { name, status, message, assertionResults } of report.testResults) {
    const failing = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failing.length === 0) {
      results.failed++;
      results.failures.push(`${name}\n${message ?? ''}`);
    }
    for (const test of failing)
      results.failures.push(`${name}\n${test.fullName}\n${(test.failureMessages ?? []).join('\n')}`);
  }
  return results;
}

/** `{ passed, failed, skipped, failures: string[] }`, as the browser's tests write it. */
export function readPlainReport(file) {
  return existsSync(file) ? { ...nothing(), ...JSON.parse(readFileSync(file, 'utf8')) } : undefined;
}
