import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Embedder } from '../../src/modules/embeddings/model/embedder.js';
import { BlobsRepository, type EmbeddedBlob } from '../../src/modules/embeddings/repositories/blobs.repository.js';
import type { IndexSnapshot } from '../../src/modules/embeddings/entities/index-snapshot.entity.js';
import { HistoryRepository } from '../../src/modules/embeddings/repositories/history.repository.js';
import { SnapshotFilesRepository } from '../../src/modules/embeddings/repositories/snapshot-files.repository.js';
import { SnapshotsRepository } from '../../src/modules/embeddings/repositories/snapshots.repository.js';
import { textHash, TextsRepository } from '../../src/modules/embeddings/repositories/texts.repository.js';
import { codeWords } from '../../src/modules/embeddings/text/code-words.js';
import type { TestApp } from '../../test/support/index.js';
import { type CodeFile, realCode } from '../real-code.js';
import { VectorsLike } from './vectors-like.js';

/** So many vectors are the model's own; the others are made of them. */
const EMBEDDED = 200;
const COMMITS = 10_000;
const COMMITS_AT_ONCE = 500;

/**
 * Puts real code into a ready snapshot until it has so many chunks, cut and stored by the product. Embedding all of it
 * would take half an hour, so most vectors are mixtures of those of the first chunks: as many, as long, as near.
 */
export async function fillSnapshot(app: TestApp, snapshotId: string, chunks: number): Promise<void> {
  const source = app.get(DataSource);
  const snapshot = await app.get(SnapshotsRepository).byId(snapshotId);
  if (!snapshot) throw new Error('there is no snapshot to fill');
  const restore = await withoutNearest(source);
  const paths: string[] = [];
  let stored = snapshot.chunks;
  const vectors = new VectorsLike(EMBEDDED);
  for await (const file of realCode()) {
    if (stored >= chunks) break;
    const blob = await blobOf(app, file, vectors);
    await app.get(Transactions).run(async (tx) => {
      await app.get(BlobsRepository).store(tx, blob);
      const entry = { ...blob, path: file.path, size: Buffer.byteLength(file.text) };
      await app.get(SnapshotFilesRepository).addKnown(snapshotId, [entry], tx);
    });
    stored += blob.chunks.length;
    paths.push(file.path);
  }
  await restore();
  await addHistory(app, snapshot, paths);
  await source.query('UPDATE index_snapshots SET chunks = $2 WHERE id = $1', [snapshotId, stored]);
  await source.query('VACUUM ANALYZE');
}

async function blobOf(app: TestApp, { name, text }: CodeFile, vectors: VectorsLike): Promise<EmbeddedBlob> {
  const { tokens, chunks } = await app.get(Embedder).cut(name, text);
  const missing = chunks.slice(0, vectors.missing).map(({ input }) => input);
  if (missing.length > 0) vectors.learn(await app.get(Embedder).embed(missing));
  const hashed = chunks.map((chunk) => ({ ...chunk, hash: textHash(chunk.input) }));
  const hashes = [...new Set(hashed.map(({ hash }) => hash))];
  await app.get(TextsRepository).store(hashes.map((hash) => ({ hash, vector: vectors.next() })));
  const oid = createHash('sha1').update(text).digest('hex');
  return { oid, name, tokens, chunks: hashed };
}

/** The index of the nearest vectors is built once at the end, which takes a tenth of the time. */
async function withoutNearest(source: DataSource): Promise<() => Promise<void>> {
  const indexes = await source.query<{ name: string; definition: string }[]>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE indexdef LIKE '%USING hnsw%'`,
  );
  for (const { name } of indexes) await source.query(`DROP INDEX ${name}`);
  return () =>
    source.transaction(async (tx) => {
      await tx.query(`SET LOCAL maintenance_work_mem = '1GB'`);
      for (const { definition } of indexes) await tx.query(definition);
    });
}

/** Commits of one to five neighbouring files that say words of their paths. */
async function addHistory(app: TestApp, snapshot: IndexSnapshot, paths: readonly string[]): Promise<void> {
  const commits = Array.from({ length: COMMITS }, (_, at) => {
    const first = (at * 7_919) % paths.length;
    const changed = paths.slice(first, first + 1 + (at % 5));
    return {
      sha: createHash('sha1').update(`commit ${at}`).digest('hex'),
      committedAt: new Date(Date.now() - at * 3_600_000 * 6),
      files: changed.length,
      words: codeWords(`Fix ${changed[0]?.split('/').slice(-3).join(' ')} when it is used`),
      paths: changed,
    };
  });
  await app.get(Transactions).run(async (tx) => {
    const history = app.get(HistoryRepository);
    for (let at = 0; at < commits.length; at += COMMITS_AT_ONCE)
      await history.add(tx, snapshot.repositoryId, commits.slice(at, at + COMMITS_AT_ONCE));
    await history.lead(
      tx,
      snapshot.id,
      snapshot.repositoryId,
      commits.map(({ sha }) => sha),
    );
  });
}
