import { Injectable } from '@nestjs/common';
import { GitMirror, type TreeEntry } from '../../github/index.js';
import { commitGone, requesterGone } from '../embeddings.errors.js';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { SnapshotsRepository } from '../repositories/snapshots.repository.js';

/** Gets a commit onto this machine, with the right of whoever asked for its index. */
@Injectable()
export class CommitSource {
  constructor(
    private readonly mirrors: GitMirror,
    private readonly snapshots: SnapshotsRepository,
  ) {}

  /** Its tree. Notes how far it is ahead of what is searched. @throws DomainError `embeddings.requester-gone`, `embeddings.commit-gone`, what GitHub and git say. */
  async entries(snapshot: IndexSnapshot, signal: AbortSignal): Promise<TreeEntry[]> {
    const { id, fence, repositoryId, branch, commitSha: commit, requestedBy: userId } = snapshot;
    if (userId === null) throw requesterGone();
    await this.mirrors.fetch({ userId, repositoryId, branch, signal });
    if (!(await this.mirrors.has(repositoryId, commit))) throw commitGone(commit);
    const { serving } = await this.snapshots.ofBranch(snapshot);
    const behind = serving && (await this.mirrors.distance(repositoryId, serving.commitSha, commit));
    await this.snapshots.advance({ table: 'index_snapshots', id, fence }, { behind: behind ?? null });
    return this.mirrors.listTree(repositoryId, commit);
  }
}
