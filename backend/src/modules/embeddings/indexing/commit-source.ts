import { Injectable } from '@nestjs/common';
import { GitMirror, type TreeEntry } from '../../github/index.js';
import { commitGone, requesterGone } from '../embeddings.errors.js';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { SnapshotsRepository } from '../repositories/snapshots.repository.js';

/** The branch has another head by now: it went on, was rewritten, or news of two pushes came in the wrong order. */
export class BranchMovedError extends Error {
  constructor(readonly head: string) {
    super(`the branch is at ${head} by now`);
    this.name = 'BranchMovedError';
  }
}

/** Gets a commit onto this machine, with the right of whoever asked for its index. */
@Injectable()
export class CommitSource {
  constructor(
    private readonly mirrors: GitMirror,
    private readonly snapshots: SnapshotsRepository,
  ) {}

  /**
   * The commit's tree. Notes how far it is ahead of what is searched; one that is pinned is ahead of nothing.
   * @throws BranchMovedError; DomainError `embeddings.requester-gone`, `.commit-gone`, and what GitHub and git say
   */
  async entries(snapshot: IndexSnapshot, signal: AbortSignal): Promise<TreeEntry[]> {
    const { id, fence, repositoryId, commitSha: commit, pinnedUntil } = snapshot;
    const { serving } = await this.snapshots.ofBranch(snapshot);
    // What is searched already is only read anew, and nobody's right is needed for that.
    const isSearched = pinnedUntil === null && serving?.commitSha === commit;
    if (!isSearched || !(await this.mirrors.has(repositoryId, commit))) await this.fetch(snapshot, signal);
    if (pinnedUntil !== null) return this.pinned(repositoryId, commit);
    const behind = serving && (await this.mirrors.distance(repositoryId, serving.commitSha, commit));
    await this.snapshots.advance({ table: 'index_snapshots', id, fence }, { behind: behind ?? null });
    return this.mirrors.listTree(repositoryId, commit);
  }

  private async fetch(snapshot: IndexSnapshot, signal: AbortSignal): Promise<void> {
    const { repositoryId, branch, commitSha: commit, requestedBy: userId, pinnedUntil } = snapshot;
    if (userId === null) throw requesterGone();
    const { commit: head } = await this.mirrors.fetch({ userId, repositoryId, branch, signal });
    if (pinnedUntil === null && head !== commit) throw new BranchMovedError(head);
  }

  private async pinned(repositoryId: string, commit: string): Promise<TreeEntry[]> {
    if (!(await this.mirrors.has(repositoryId, commit))) throw commitGone(commit);
    return this.mirrors.listTree(repositoryId, commit);
  }
}
