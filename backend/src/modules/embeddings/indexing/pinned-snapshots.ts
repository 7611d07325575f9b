import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { SnapshotsRepository, type SnapshotWish } from '../repositories/snapshots.repository.js';
import { SearchService, type SearchWish } from '../search/search.service.js';
import { IndexService } from './index.service.js';

/** How long a snapshot stays of which nobody has asked how it is. */
const KEPT_SECONDS = 3_600;

/** How far a pinned snapshot is. */
export type PinnedState = Pick<IndexSnapshot, 'status' | 'progress' | 'etaSeconds' | 'errorCode' | 'errorDetail'>;

/**
 * Commits that are indexed as any other, for the sake of what is found there and not for sessions. What has been read of
 * them before costs nothing, and what was read for them goes with them.
 */
@Injectable()
export class PinnedSnapshots {
  constructor(
    private readonly snapshots: SnapshotsRepository,
    private readonly index: IndexService,
    private readonly searching: SearchService,
  ) {}

  /** In the caller's transaction; call `wake` after the commit. @returns the snapshot's id */
  pin(tx: EntityManager, wish: SnapshotWish): Promise<string> {
    return this.snapshots.pin(tx, wish, KEPT_SECONDS);
  }

  wake(id: string): Promise<void> {
    return this.index.wake(id);
  }

  /** Null when it is gone. Whoever asks keeps it for another hour. */
  async state(id: string): Promise<PinnedState | null> {
    await this.snapshots.keepPinned(id, KEPT_SECONDS);
    return this.snapshots.byId(id);
  }

  /** Paths that a question is about, ranked as in a session that is at this commit; undefined when the snapshot is gone. */
  async files(id: string, wish: SearchWish): Promise<string[] | undefined> {
    const snapshot = await this.snapshots.byId(id);
    return snapshot ? this.searching.filesIn(snapshot, wish) : undefined;
  }

  async drop(tx: EntityManager, id: string): Promise<void> {
    await this.snapshots.drop(tx, id);
  }
}
