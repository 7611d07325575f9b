import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { EntityManager } from 'typeorm';
import type { Page } from '../../../platform/http/pagination.js';
import type { ServerSentEvent } from '../../../platform/http/sse.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { wake } from '../../../platform/queue/wake.js';
import type { SessionFile } from '../dto/files.dto.js';
import type { IndexState } from '../dto/index-state.dto.js';
import { FilesService } from '../files/files.service.js';
import {
  branchKey,
  type BranchRef,
  SnapshotsRepository,
  type SnapshotWish,
} from '../repositories/snapshots.repository.js';
import { IndexFollower } from './index-follower.js';
import { stateOf } from './index-state.js';

export interface FilesWish {
  /** A part of the path. */
  readonly query?: string | undefined;
  readonly skipped?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The indexes of branches for the other modules: asked for, looked at, followed. */
@Injectable()
export class IndexService {
  constructor(
    private readonly snapshots: SnapshotsRepository,
    private readonly follower: IndexFollower,
    private readonly fileList: FilesService,
    @InjectQueue('index') private readonly queue: Queue<WakeUp>,
  ) {}

  /**
   * The snapshot of a commit, made when there is none, in the caller's transaction; call `wake` after the commit.
   * `isNew`: it was made, or a failed one begins again.
   */
  async request(tx: EntityManager, wish: SnapshotWish): Promise<{ snapshotId: string; isNew: boolean }> {
    const result = await this.snapshots.request(tx, wish);
    await this.snapshots.dropSuperseded(tx, wish, result.snapshotId);
    return result;
  }

  async wake(snapshotId: string): Promise<void> {
    await wake(this.queue, snapshotId);
  }

  async state(at: BranchRef): Promise<IndexState> {
    return stateOf(await this.snapshots.ofBranch(at));
  }

  /** By `repositoryId:branch`, for every branch that was asked about. */
  async states(at: readonly BranchRef[]): Promise<Map<string, IndexState>> {
    const known = await this.snapshots.ofBranches(at);
    return new Map(
      at.map((branch) => {
        const key = branchKey(branch);
        return [key, stateOf(known.get(key) ?? { serving: null, latest: null })];
      }),
    );
  }

  /**
   * `index` events holding the IndexState: the present one first (with `lastEventId`: what came since), then each change,
   * at least one a second while it runs, progress never falling. Ends after `ready` or `failed`.
   */
  follow(at: BranchRef, lastEventId: string | undefined, signal: AbortSignal): AsyncGenerator<ServerSentEvent, void> {
    return this.follower.follow(at, lastEventId, signal);
  }

  /** Files of the commit that is searched; before there is one, those of the first that is being read. */
  async files(at: BranchRef, wish: FilesWish): Promise<Page<SessionFile>> {
    const { serving, latest } = await this.snapshots.ofBranch(at);
    const snapshot = serving ?? latest;
    return snapshot ? this.fileList.list(snapshot.id, wish) : { items: [], nextCursor: null };
  }

  /** What is searched; null before the first index is ready. */
  async serving(at: BranchRef): Promise<{ snapshotId: string; commit: string } | null> {
    const { serving } = await this.snapshots.ofBranch(at);
    return serving && { snapshotId: serving.id, commit: serving.commitSha };
  }
}
