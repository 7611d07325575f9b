import type { Issue, Solve } from '@yudai/sdk';

/** What a pull request says before anybody has changed it. */
export interface PullRequestWords {
  readonly title: string;
  readonly body: string;
}

/** The tests in a sentence, as the server found them. */
function testsLine({ status, tests }: Solve): string {
  if (!tests) return status === 'unverified' ? 'No test could be run for this change.' : '';
  const { after, fixed, regressed } = tests;
  const counts = `${after.passed} passed, ${after.failed.length} failed`;
  return `Tests (\`${after.command}\`): ${counts}; fixed ${fixed.length}, regressed ${regressed.length}.`;
}

/** What was done, what the tests say, and which issue it closes. */
export function pullRequestWords(solve: Solve, issue: Issue | undefined): PullRequestWords {
  const parts = [
    solve.candidates[0]?.summary?.trim(),
    testsLine(solve),
    issue?.githubNumber ? `Closes #${issue.githubNumber}.` : '',
  ];
  return { title: (issue?.title ?? '').slice(0, 256), body: parts.filter(Boolean).join('\n\n') };
}
