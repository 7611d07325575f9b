import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { type BlobReader, GitMirror } from '../../github/index.js';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { blobKey, BlobsRepository, type EmbeddedBlob } from '../repositories/blobs.repository.js';
import { type IndexedFile, SnapshotFilesRepository } from '../repositories/snapshot-files.repository.js';
import { TextsGoneError } from '../repositories/texts.repository.js';
import { readText } from '../text/skip-policy.js';
import { BlobEmbedder } from './blob-embedder.js';
import { CommitSource } from './commit-source.js';
import { planFiles } from './file-plan.js';
import { HistoryRecorder } from './history-recorder.js';
import type { IndexProgress } from './index-progress.js';
import { inLanes } from './lanes.js';

const BATCH = 500;
/** What reading a file costs besides its bytes, in bytes. */
const FILE_WEIGHT = 1_000;

/** The files of equal content and name: they are read once. */
type Twins = readonly [IndexedFile, ...IndexedFile[]];

/** One reading of a commit: every file is skipped with a reason, known already, or cut and embedded. */
@Injectable()
export class IndexRun {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly source: CommitSource,
    private readonly mirrors: GitMirror,
    private readonly files: SnapshotFilesRepository,
    private readonly blobs: BlobsRepository,
    private readonly embedder: BlobEmbedder,
    private readonly transactions: Transactions,
    private readonly history: HistoryRecorder,
  ) {}

  /** Each file is stored as soon as it is done, so a run that is cut short is gone on with, not begun again. */
  async read(snapshot: IndexSnapshot, progress: IndexProgress, signal: AbortSignal): Promise<void> {
    const entries = await this.source.entries(snapshot, signal);
    await this.history.record(snapshot, signal);
    const plan = planFiles(entries, this.config.INDEX_MAX_FILES);
    await this.files.copyUnchanged(snapshot, plan);
    const [done, counts] = [await this.files.paths(snapshot.id), await this.files.counts(snapshot.id)];
    progress.begin(plan.skipped.length + plan.readable.length, counts);
    const isLeft = ({ path }: IndexedFile): boolean => !done.has(path);
    for (const batch of batches(plan.skipped.filter(isLeft))) {
      await this.files.addSkipped(snapshot.id, batch);
      progress.skipped(batch.length);
    }
    const unknown: IndexedFile[] = [];
    for (const batch of batches(plan.readable.filter(isLeft))) {
      signal.throwIfAborted();
      unknown.push(...(await this.addKnown(snapshot.id, batch, progress)));
    }
    const twins = Map.groupBy(unknown, blobKey).values() as Iterable<Twins>;
    progress.weigh(unknown.reduce((total, { size }) => total + size + FILE_WEIGHT, 0));
    const reader = this.mirrors.openBlobs(snapshot.repositoryId);
    try {
      const turn = inTurn();
      await inLanes(lanesFor(this.config.EMBEDDINGS_THREADS), twins, async (files) => {
        signal.throwIfAborted();
        await this.readOne(snapshot.id, files, () => turn(() => bytesOf(reader, files[0])), progress, signal);
      });
    } finally {
      reader.close();
    }
  }

  /** @returns the files whose content is not stored yet. */
  private async addKnown(
    snapshotId: string,
    batch: readonly IndexedFile[],
    progress: IndexProgress,
  ): Promise<IndexedFile[]> {
    const known = await this.files.addKnown(snapshotId, batch);
    return batch.filter((file) => {
      const chunks = known.get(blobKey(file));
      if (chunks !== undefined) progress.indexed(1, chunks);
      return chunks === undefined;
    });
  }

  private async readOne(
    snapshotId: string,
    files: Twins,
    bytes: () => Promise<Buffer>,
    progress: IndexProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const [{ path, oid, name }] = files;
    const weight = files.reduce((total, { size }) => total + size + FILE_WEIGHT, 0);
    const read = readText(await bytes(), path);
    if ('skip' in read) {
      await this.files.addSkipped(
        snapshotId,
        files.map((file) => ({ ...file, reason: read.skip })),
      );
      progress.skipped(files.length);
      progress.worked(weight);
      return;
    }
    const embed = (): Promise<EmbeddedBlob> =>
      this.embedder.embed({ oid, name }, read.text, signal, (share) => progress.worked(weight * share));
    const chunks = await this.store(snapshotId, files, embed);
    progress.indexed(files.length, chunks * files.length);
  }

  /** Texts that go in the meantime, with the last other content that had them, are embedded again. @returns its chunks */
  private async store(snapshotId: string, files: Twins, embed: () => Promise<EmbeddedBlob>): Promise<number> {
    for (;;) {
      const blob = await embed();
      try {
        await this.transactions.run(async (tx) => {
          await this.blobs.store(tx, blob);
          await this.files.addKnown(snapshotId, files, tx);
        });
        return blob.chunks.length;
      } catch (error) {
        if (!(error instanceof TextsGoneError)) throw error;
      }
    }
  }
}

/** While one content is stored, each thread of the model has another. */
export const lanesFor = (threads: number): number => threads + 1;

/** git lists only what it holds; a blob that is gone all the same has nothing to read. */
async function bytesOf(reader: BlobReader, { oid }: IndexedFile): Promise<Buffer> {
  return (await reader.read(oid)) ?? Buffer.alloc(0);
}

/** The reader answers one question at a time. */
function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let turn: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = turn.then(work, work);
    turn = mine;
    return mine;
  };
}

function* batches<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += BATCH) yield items.slice(at, at + BATCH);
}
