import { Injectable, Logger } from '@nestjs/common';
import { type Lease, LeaseLostError, Leases } from '../../../platform/database/lease.js';
import { isOutage } from '../../../platform/database/outage.js';
import { DomainError, isTransient } from '../../../platform/errors/domain-error.js';
import { sqlState } from '../../../platform/database/transactions.js';
import { databaseFull, gaveUp } from '../embeddings.errors.js';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { BlobsRepository } from '../repositories/blobs.repository.js';
import { SnapshotsRepository } from '../repositories/snapshots.repository.js';
import { BranchMovedError } from './commit-source.js';
import { IndexService } from './index.service.js';
import { IndexProgress } from './index-progress.js';
import { type IndexProblem, IndexRecorder } from './index-recorder.js';
import { IndexRun } from './index-run.js';
import { IndexStream } from './index-stream.js';

const LEASE_SECONDS = 20;
/** After so many, what has passed before does not pass by itself. */
const MOST_FAILURES = 5;
/** Claims without an end: something about the repository kills the worker. */
const MOST_CLAIMS = 20;

/** Reads the commits that wait to be indexed, each under its row's lease. */
@Injectable()
export class IndexWorker {
  private readonly logger = new Logger(IndexWorker.name);

  constructor(
    private readonly leases: Leases,
    private readonly snapshots: SnapshotsRepository,
    private readonly blobs: BlobsRepository,
    private readonly stream: IndexStream,
    private readonly run: IndexRun,
    private readonly recorder: IndexRecorder,
    private readonly index: IndexService,
  ) {}

  async take(id: string): Promise<void> {
    await this.leases.hold('index_snapshots', id, { seconds: LEASE_SECONDS }, async (lease, signal) => {
      const snapshot = await this.snapshots.toRead(id);
      if (snapshot) await this.work(lease, snapshot, signal);
    });
  }

  private async work(lease: Lease, snapshot: IndexSnapshot, leaseLost: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const progress = new IndexProgress(lease, snapshot, this.snapshots, this.stream, (error) => lost.abort(error));
    await progress.start();
    try {
      if (snapshot.attempts > MOST_CLAIMS) throw gaveUp();
      await this.run.read(snapshot, progress, AbortSignal.any([leaseLost, lost.signal]));
      await progress.stop();
      await this.recorder.finished(lease, snapshot);
      await this.blobs.collectOrphans().catch((error: unknown) => {
        this.logger.warn({ message: 'contents that nobody needs were not collected', error });
      });
    } catch (error) {
      await progress.stop();
      if (!leaseLost.aborted) await this.settle(lease, snapshot, error);
    }
    await this.stream.tell(snapshot);
  }

  private async settle(lease: Lease, snapshot: IndexSnapshot, error: unknown): Promise<void> {
    if (error instanceof LeaseLostError) return;
    // Whoever has dropped the snapshot does not want to hear of it any more.
    if (!(await this.snapshots.byId(snapshot.id))) return;
    if (error instanceof BranchMovedError) {
      await this.index.wake(await this.recorder.moved(lease, snapshot, error.head));
      return;
    }
    if ((isTransient(error) || isOutage(error)) && snapshot.attempts < MOST_FAILURES) {
      const wait = (error instanceof DomainError ? error.retryAfterSeconds : undefined) ?? 2 ** snapshot.attempts;
      await this.recorder.postponed(lease, new Date(Date.now() + wait * 1_000));
      return;
    }
    if (!(error instanceof DomainError))
      this.logger.error({ message: 'indexing failed', snapshotId: snapshot.id, error });
    await this.recorder.failed(lease, snapshot, problemOf(error));
  }
}

/** What PostgreSQL says when its disk is full. */
const DISK_FULL = '53100';

function problemOf(error: unknown): IndexProblem {
  const known = sqlState(error) === DISK_FULL ? databaseFull(error) : error;
  if (known instanceof DomainError) return { code: known.code, detail: known.detail };
  return { code: 'internal', detail: 'Something went wrong on the server while the branch was read. Index it again.' };
}
