import { LeaseLostError, type Lease } from '../../../platform/database/lease.js';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import type { SnapshotsRepository } from '../repositories/snapshots.repository.js';
import type { FileCounts } from '../repositories/snapshot-files.repository.js';
import type { IndexStream } from './index-stream.js';

/** Well under a second, so that one late turn does not make it more. */
const EVERY_MS = 500;
/** Before this much has passed, the time left would be a guess. */
const LEAST_ELAPSED_MS = 1_500;
/** The rest is the recording of the end. */
const MOST = 0.99;

/**
 * Stores and tells how far a run is, more often than once a second, however long a single file takes. The numbers never
 * fall, not even when a run goes on where another was cut short.
 */
export class IndexProgress {
  private timer: NodeJS.Timeout | undefined;
  private telling: Promise<void> | undefined;
  private readonly floor: number;
  private counts: FileCounts;
  private filesTotal: number;
  private work = { begun: 0, done: 0, total: 0 };

  constructor(
    private readonly lease: Lease,
    private readonly snapshot: IndexSnapshot,
    private readonly snapshots: SnapshotsRepository,
    private readonly stream: IndexStream,
    private readonly lost: (error: LeaseLostError) => void,
  ) {
    this.floor = snapshot.progress;
    this.counts = snapshot;
    this.filesTotal = snapshot.filesTotal;
  }

  async start(): Promise<void> {
    await this.tell({ status: 'running', startedAt: this.snapshot.startedAt ?? new Date() });
    this.timer = setInterval(() => void this.tell(), EVERY_MS);
  }

  /** Nothing is stored or told any more when this has resolved. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.telling;
  }

  /** What is known once the tree is: how many files there are and what earlier runs did of them. */
  begin(filesTotal: number, counts: FileCounts): void {
    this.filesTotal = filesTotal;
    this.counts = counts;
  }

  /** How much there is to read, in any unit. */
  weigh(total: number): void {
    this.work = { begun: Date.now(), done: 0, total };
  }

  worked(weight: number): void {
    this.work.done += weight;
  }

  indexed(files: number, chunks: number): void {
    const { counts } = this;
    this.counts = { ...counts, filesIndexed: counts.filesIndexed + files, chunks: counts.chunks + chunks };
  }

  skipped(files: number): void {
    this.counts = { ...this.counts, filesSkipped: this.counts.filesSkipped + files };
  }

  private tell(change: Partial<IndexSnapshot> = {}): Promise<void> {
    this.telling ??= this.store(change).finally(() => {
      this.telling = undefined;
    });
    return this.telling;
  }

  private async store(change: Partial<IndexSnapshot>): Promise<void> {
    const { filesIndexed, filesSkipped, chunks } = this.counts;
    const numbers = { filesTotal: this.filesTotal, filesIndexed, filesSkipped, chunks, ...this.share() };
    try {
      if (!(await this.snapshots.advance(this.lease, { ...numbers, ...change })))
        this.lost(new LeaseLostError(this.lease));
      else await this.stream.tell(this.snapshot);
    } catch {
      // The database did not answer; the next turn tells more.
    }
  }

  private share(): Pick<IndexSnapshot, 'progress' | 'etaSeconds'> {
    const { begun, done, total } = this.work;
    if (total === 0) return { progress: this.floor, etaSeconds: null };
    const share = Math.min(1, done / total);
    const elapsed = Date.now() - begun;
    const tellable = elapsed >= LEAST_ELAPSED_MS && share > 0;
    return {
      progress: Math.min(MOST, this.floor + (1 - this.floor) * share),
      etaSeconds: tellable ? Math.ceil((elapsed * (1 - share)) / share / 1_000) : null,
    };
  }
}
