import type { OpenPullRequestDto } from '../dto/results.dto.js';
import type { Solve } from '../entities/solve.entity.js';
import type { SolveCandidate } from '../entities/solve-candidate.entity.js';

export interface IssueFacts {
  readonly title: string;
  /** Its number on GitHub, once it is there. */
  readonly githubNumber: number | null;
}

const LONGEST_TITLE = 256;
const LONGEST_SLUG = 40;

/** What the pull request says where the user says nothing. */
export function pullRequestText(
  solve: Solve,
  candidate: SolveCandidate,
  issue: IssueFacts,
  wish: OpenPullRequestDto,
): { title: string; body: string } {
  const title = wish.title ?? issue.title.slice(0, LONGEST_TITLE);
  const text = wish.body ?? [candidate.summary?.trim() ?? '', testsLine(solve, candidate)].filter(Boolean).join('\n\n');
  const closes =
    issue.githubNumber === null || text.includes(`#${issue.githubNumber}`) ? '' : `Closes #${issue.githubNumber}.`;
  return { title, body: [text, closes].filter(Boolean).join('\n\n') };
}

/** `yudai/<words of the title>-<end of the id>`: readable, and never the branch of another solve. */
export function branchName(solve: Solve, title: string): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '');
  return `yudai/${slug || 'solve'}-${solve.id.slice(-8)}`;
}

function testsLine(solve: Solve, { tests }: SolveCandidate): string {
  if (!tests) return solve.status === 'unverified' ? 'No test could be run for this change.' : '';
  const { after, fixed, regressed } = tests;
  const counts = `${after.passed} passed, ${after.failed.length} failed`;
  return `Tests (\`${after.command}\`): ${counts}; fixed ${fixed.length}, regressed ${regressed.length}.`;
}
