import { newId } from '../../src/platform/database/ids.js';
import { NamedSearch } from '../../src/modules/embeddings/search/named-search.js';
import { type Stack, startApi, startStack, type TestApi } from '../support/index.js';

let stack: Stack;
let api: TestApi;
const snapshotId = newId();

const many = (count: number, name: string): string[] => Array.from({ length: count }, (_, at) => `m${at}/${name}`);

beforeAll(async () => {
  stack = await startStack();
  api = await startApi(stack);
  const [repositoryId, blobId] = [newId(), newId()];
  await stack.sql(
    `INSERT INTO repositories (id, github_id, owner, name, private, archived, default_branch)
     VALUES ($1, 1, 'acme', 'packages', false, false, 'main')`,
    [repositoryId],
  );
  await stack.sql(
    `INSERT INTO index_snapshots (id, repository_id, branch, commit_sha, recipe, status, chunks)
     VALUES ($1, $2, 'main', 'main', 'test', 'ready', 0)`,
    [snapshotId, repositoryId],
  );
  await stack.sql(`INSERT INTO blobs (id, oid, name, recipe, tokens, chunks) VALUES ($1, 'a', 'a', 'test', 1, 0)`, [
    blobId,
  ]);
  const paths = [...many(199, '__init__.py'), ...many(50, 'index.ts'), ...many(2, 'pair.py'), 'src/store.py'];
  await stack.sql(
    `INSERT INTO snapshot_files (snapshot_id, path, blob_id, size, category, words)
     SELECT $1, path, $2, 1, 'code', '' FROM unnest($3::text[]) AS p (path)`,
    [snapshotId, blobId, paths],
  );
}, 120_000);
afterAll(() => stack.stop());

it('a name of hundreds of files means none of them, and those that are named after it still count', async () => {
  const trace = 'File "__init__.py", line 1\nFile "index.ts", line 2\nFile "pair.py", line 3\nFile "store.py", line 4';
  const found = await api.get(NamedSearch).byPath(snapshotId, trace);
  expect(Object.fromEntries(found)).toEqual({ 'm0/pair.py': 0.5, 'm1/pair.py': 0.5, 'src/store.py': 1 });
});
