import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../../src/platform/database/ids.js';
import { isCrowd } from '../../src/modules/embeddings/repositories/crowd.js';
import { SearchRepository } from '../../src/modules/embeddings/repositories/search.repository.js';
import { WordsRepository } from '../../src/modules/embeddings/repositories/words.repository.js';
import { type Stack, startApi, startStack, type TestApi } from '../support/index.js';

const OWN = 100;
const OTHERS = 1_000;
const WANTED = 40;
/** What `ts_rank` gives a word that stands once. */
const RANK_OF_ONE = 6 / Math.PI ** 2;
/** More than are compared one by one. */
const MANY = { chunks: 1_000_000, tests: false };

let stack: Stack;
let api: TestApi;
let snapshotId: string;
let repository: SearchRepository;

beforeAll(async () => {
  stack = await startStack();
  api = await startApi(stack);
  const repositoryId = newId();
  await stack.sql(
    `INSERT INTO repositories (id, github_id, owner, name, private, archived, default_branch)
     VALUES ($1, 1, 'acme', 'big', false, false, 'main')`,
    [repositoryId],
  );
  snapshotId = newId();
  await addSnapshot(repositoryId, snapshotId, 'main', OWN);
  await addSnapshot(repositoryId, newId(), 'other', OTHERS);
  await stack.sql('ANALYZE chunks');
  repository = new SearchRepository(walksAnyway(api.get(DataSource)));
}, 300_000);
afterAll(() => stack.stop());

/** So few vectors PostgreSQL would rather sort than walk through the index, as it does where there are many. */
function walksAnyway(dataSource: DataSource): DataSource {
  const transaction = <T>(run: (tx: EntityManager) => Promise<T>): Promise<T> =>
    dataSource.transaction(async (tx) => {
      await tx.query('SET LOCAL enable_sort = off');
      return run(tx);
    });
  return Object.assign(Object.create(dataSource) as DataSource, { transaction });
}

/** One file of so many chunks, whose vectors point anywhere. */
async function addSnapshot(repositoryId: string, id: string, branch: string, chunks: number): Promise<void> {
  const blobId = newId();
  await stack.sql(
    `INSERT INTO index_snapshots (id, repository_id, branch, commit_sha, recipe, status, chunks)
     VALUES ($1, $2, $3, $3, 'test', 'ready', $4)`,
    [id, repositoryId, branch, chunks],
  );
  await stack.sql(`INSERT INTO blobs (id, oid, name, recipe, tokens, chunks) VALUES ($1, $2, 'a.js', 'test', 1, $3)`, [
    ...[blobId, branch, chunks],
  ]);
  await stack.sql(
    `INSERT INTO snapshot_files (snapshot_id, path, blob_id, size, category, words) VALUES ($1, 'a.js', $2, 1, 'code', 'a')`,
    [id, blobId],
  );
  await stack.sql(
    `WITH texts AS (
       INSERT INTO text_embeddings (id, model, text_hash, embedding)
       SELECT gen_random_uuid(), 'test', sha256(convert_to($1::text || n, 'UTF8')),
              (SELECT array_agg(random() - 0.5) FROM generate_series(1, 384) AS d WHERE n > 0)::vector
         FROM generate_series(1, $2::int) AS n RETURNING id)
     INSERT INTO chunks (id, blob_id, embedding_id, start_line, end_line, kind, text, words)
     SELECT gen_random_uuid(), $1::uuid, id, n, n, 'lines', 'text', CASE WHEN n % 2 = 0 THEN 'even' ELSE 'odd' END
       FROM (SELECT id, row_number() OVER () AS n FROM texts) AS t`,
    [blobId, chunks],
  );
}

it('walking the index of everybody finds what comparing the own vectors one by one does', async () => {
  for (let round = 0; round < 5; round++) {
    const question = Float32Array.from({ length: 384 }, () => Math.random() - 0.5);
    const exact = await repository.byVector(snapshotId, question, WANTED, { chunks: OWN, tests: false });
    const walked = await repository.byVector(snapshotId, question, WANTED, MANY);
    expect(exact).toHaveLength(WANTED);
    expect(walked).toHaveLength(WANTED);
    const best = new Set(exact.map(({ chunkId }) => chunkId));
    expect(walked.filter(({ chunkId }) => best.has(chunkId)).length).toBeGreaterThanOrEqual(WANTED * 0.9);
    expect(walked.map(({ score }) => score)).toEqual(walked.map(({ score }) => score).sort((a, b) => b - a));
  }
});

it('a walk that ends with too few of the own ones loses none of them', async () => {
  for (let round = 0; round < 5; round++) {
    const question = Float32Array.from({ length: 384 }, () => Math.random() - 0.5);
    const exact = await repository.byVector(snapshotId, question, OWN, { chunks: OWN, tests: false });
    const cut = await repository.byVector(snapshotId, question, OWN, { ...MANY, walkedMost: 1 });
    expect(cut).toEqual(exact);
  }
});

/** Which of the two ways a search by words goes; both are to find the same. */
const SIZES = { 'looked up among all': OTHERS, 'gone through': OWN };

it('a snapshot is gone through where all others are a crowd beside it, and looked up elsewhere', async () => {
  const dataSource = api.get(DataSource);
  expect(await isCrowd(dataSource, SIZES['gone through'])).toBe(true);
  expect(await isCrowd(dataSource, SIZES['looked up among all'])).toBe(false);
});

it('a word is as rare as it is in the own files, whatever others have, and however it is looked for', async () => {
  const words = ['even', 'odd', 'nowhere'].map((word) => ({ word, weight: 1 }));
  for (const size of Object.values(SIZES)) {
    const { chunks, asked } = await api.get(WordsRepository).inChunks({ snapshotId, chunks: size }, words, 10);
    const rarity = (found: number): number => Math.log(1 + (size - found + 0.5) / (found + 0.5));
    expect(asked).toBeCloseTo(2 * rarity(OWN / 2) + rarity(0));
    expect(chunks).toHaveLength(6);
    for (const { matched, score } of chunks) {
      expect(matched).toBeCloseTo(rarity(OWN / 2));
      expect(score).toBeCloseTo(rarity(OWN / 2) * 0.5 * RANK_OF_ONE);
    }
  }
});

it('a quote is found in the own code, however it is looked for, and tells nothing where it stands in too many files', async () => {
  const quotes = [
    { text: 'text', words: ['even'] },
    { text: 'Text', words: ['even'] },
    { text: 'text', words: ['even', 'odd'] },
  ];
  for (const chunks of Object.values(SIZES)) {
    const found = await repository.byQuotes({ snapshotId, chunks }, quotes, 1);
    expect(found).toEqual([{ path: 'a.js', mention: 0, files: 1 }]);
    expect(await repository.byQuotes({ snapshotId, chunks }, quotes, 0)).toEqual([]);
  }
});
