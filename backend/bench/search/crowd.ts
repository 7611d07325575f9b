import type { DataSource } from 'typeorm';
import { newId } from '../../src/platform/database/ids.js';
import { WordsRepository } from '../../src/modules/embeddings/repositories/words.repository.js';
import { askedWords, readQuestion } from '../../src/modules/embeddings/text/question.js';
import type { TestApp } from '../../test/support/index.js';
import { type Figure, quantile, timed } from '../figure.js';
import { QUESTIONS } from './questions.js';

const ROUNDS = 4;
const WORDS = 64;
const FILES = 300;

/** The words of the questions in a snapshot that is a twentieth of everything, beside looking them up among everything. */
export async function crowd(app: TestApp, source: DataSource, large: string): Promise<Figure[]> {
  const { snapshotId, chunks, all } = await smallPart(source, large);
  const repository = app.get(WordsRepository);
  const [product, lookedUp]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const query of QUESTIONS) {
      const words = askedWords(readQuestion(query), WORDS);
      product.push(await timed(() => repository.inChunks({ snapshotId, chunks }, words, FILES)));
      lookedUp.push(await timed(() => repository.inChunks({ snapshotId, chunks: all }, words, FILES)));
    }
  }
  return [0.5, 0.95].map((of) => ({
    what: `words in ${chunks} of ${all} chunks, p${of * 100}`,
    value: quantile(product, of),
    unit: 'ms',
    reference: { what: 'looked up among all', value: quantile(lookedUp, of) },
  }));
}

/** Every twentieth file of a snapshot, as another one. */
async function smallPart(
  source: DataSource,
  large: string,
): Promise<{ snapshotId: string; chunks: number; all: number }> {
  const snapshotId = newId();
  await source.query(
    `INSERT INTO index_snapshots (id, repository_id, branch, commit_sha, recipe, status)
     SELECT $1, repository_id, 'small', commit_sha, recipe, 'ready' FROM index_snapshots WHERE id = $2`,
    [snapshotId, large],
  );
  await source.query(
    `INSERT INTO snapshot_files (snapshot_id, path, blob_id, size, language, category, words)
     SELECT $1, path, blob_id, size, language, category, words
       FROM (SELECT *, row_number() OVER (ORDER BY path) AS n FROM snapshot_files WHERE snapshot_id = $2) f WHERE n % 20 = 0`,
    [snapshotId, large],
  );
  await source.query('ANALYZE snapshot_files');
  const [sizes] = await source.query<{ chunks: number; all: number }[]>(
    `SELECT (SELECT count(*)::int FROM snapshot_files f JOIN chunks c ON c.blob_id = f.blob_id WHERE f.snapshot_id = $1) AS chunks,
            (SELECT count(*)::int FROM chunks) AS "all"`,
    [snapshotId],
  );
  if (!sizes) throw new Error('there are no chunks');
  return { snapshotId, ...sizes };
}
