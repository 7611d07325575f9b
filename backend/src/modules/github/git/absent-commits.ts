import type { RemoteWish } from './git-remote.js';

type Branch = Pick<RemoteWish, 'repositoryId' | 'branch'>;

/** Commits that were not there with the branch at this head, and when that is forgotten. */
interface Absences {
  readonly head: string;
  readonly until: Map<string, number>;
}

const FORGOTTEN_MS = 60_000;
const MOST_BRANCHES = 1_000;
const MOST_COMMITS = 1_000;

/**
 * Commits that were asked for by their hash and that fetching their branch did not bring. Whoever asks for one again is
 * answered without another fetch: anybody who may read could begin as many as they can think of hashes. Held for a short
 * time, and only for as long as the branch stands where it stood then.
 */
export class AbsentCommits {
  private readonly branches = new Map<string, Absences>();

  has(branch: Branch, commit: string): boolean {
    const until = this.branches.get(keyOf(branch))?.until;
    const end = until?.get(commit);
    if (end === undefined) return false;
    if (end > Date.now()) return true;
    until?.delete(commit);
    return false;
  }

  /** After a fetch that brought this head, but not the commit. */
  add(branch: Branch, head: string, commit: string): void {
    this.seen(branch, head);
    const key = keyOf(branch);
    const absences = this.branches.get(key) ?? { head, until: new Map<string, number>() };
    // Last again: who was not added to for the longest time goes first.
    this.branches.delete(key);
    absences.until.delete(commit);
    this.branches.set(key, absences);
    absences.until.set(commit, Date.now() + FORGOTTEN_MS);
    shorten(this.branches, MOST_BRANCHES);
    shorten(absences.until, MOST_COMMITS);
  }

  /** The branch stands there now; where that is news, everything may have come with it. */
  seen(branch: Branch, head: string): void {
    const key = keyOf(branch);
    if (this.branches.get(key)?.head !== head) this.branches.delete(key);
  }
}

const keyOf = ({ repositoryId, branch }: Branch): string => `${repositoryId} ${branch}`;

function shorten(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
