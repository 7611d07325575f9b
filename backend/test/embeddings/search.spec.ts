import planted from '../model/planted-pairs.json' with { type: 'json' };
import type { ApiClient } from '../support/index.js';
import { SearchService } from '../../src/modules/embeddings/search/search.service.js';
import { expected, finished, openSession, pathsOf, search, startWorkspace, type Workspace } from './workspace.js';

let workspace: Workspace;
let member: ApiClient;
let session: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  await workspace.work();
  member = await workspace.as('member');
  session = await openSession(member, 'todo-api');
  await finished(member, session);
}, 300_000);
afterAll(() => workspace.stack.stop());

const at = async (): Promise<{ repositoryId: string; branch: string }> => {
  const [row] = await workspace.stack.sql<{ repositoryId: string; branch: string }>(
    'SELECT repository_id AS "repositoryId", branch FROM index_snapshots LIMIT 1',
  );
  if (!row) throw new Error('nothing is indexed');
  return row;
};

it.each([
  ['The last to-do is missing when I go through all pages', 'src/todos/paginate.js'],
  ['Due dates are a day off for people far from Greenwich', 'src/dates.js'],
  ['sort todos by due date', 'src/todos/sort.js'],
  ['createStore', 'src/todos/store.js'],
  ['open_store', 'src/todos/store.js'],
  ['health check endpoint', 'src/routes/health.js'],
  ['It fails in validate.js', 'src/todos/validate.js'],
  ['TypeError: x is not a function\n    at list (/srv/app/src/todos/filter.js:12:3)', 'src/todos/filter.js'],
])('%j names the right file first', async (query, path) => {
  const found = await search(member, session, { query });
  expect(found.state).toBe('ready');
  expect(found.results[0]?.path).toBe(path);
  for (const { startLine, endLine } of found.results[0]?.spans ?? []) expect(startLine).toBeLessThanOrEqual(endLine);
  expect(found.results[0]?.spans.length).toBeGreaterThan(0);
});

it('gives one row a file, best first, as many as are wanted', async () => {
  const { results } = await search(member, session, { query: 'todo', limit: 100 });
  const scores = results.map(({ score }) => score);
  expect(new Set(results.map(({ path }) => path)).size).toBe(results.length);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect((await search(member, session, { query: 'todo', limit: 3 })).results).toEqual(results.slice(0, 3));
});

it('puts tests behind the code, unless they are asked for', async () => {
  const query = 'shows what is due today in the summary';
  const rank = async (includeTests: boolean): Promise<number> =>
    pathsOf(await search(member, session, { query, includeTests, limit: 100 })).findIndex((path) =>
      path.startsWith('test/'),
    );
  const [without, withTests] = [await rank(false), await rank(true)];
  expect(withTests).toBeGreaterThanOrEqual(0);
  expect(without).toBeGreaterThan(withTests);
});

it('finds tests where a question asks for them, as with the switch', async () => {
  const question = { query: 'Which tests cover what is due today in the summary?', limit: 100 };
  const { results } = await search(member, session, question);
  expect(results).toEqual((await search(member, session, { ...question, includeTests: true })).results);
  expect(results[0]?.path).toMatch(/^test\//);
});

it.each([
  'What is the weather in Paris tomorrow?',
  'recipe for chocolate cake',
  'Who won the football world cup in 2014?',
  '?!',
  '的',
])('finds nothing about %j, and says so to whoever writes prompts', async (query) => {
  expect(await search(member, session, { query })).toMatchObject({ state: 'ready', results: [] });
  expect(await workspace.api.get(SearchService).passages(await at(), { query, limit: 5 })).toMatchObject({
    ...{ state: 'none', passages: [] },
  });
});

it('takes a question of 20,000 characters', async () => {
  const log = Array.from({ length: 600 }, (_, line) => `at step${line} (/srv/lib/a${line}.js:${line}:1) `).join('');
  const query = `Paging leaves out the last page of todos. ${log}`.padEnd(20_000, ' a b').slice(0, 20_000);
  expect(pathsOf(await search(member, session, { query }))).toContain('src/todos/paginate.js');
});

it.each([
  "'); DROP TABLE chunks; --",
  "a & | ! ( ) : * ' \\",
  '\u0000 nul',
  '<script>',
  '%_',
  "to_tsquery('x')",
  '\ud800',
])('is not led astray by %j', async (query) => {
  const { status } = await member.post(`${session}/search`, { query });
  expect([200, 422, 400]).toContain(status);
  expect((await search(member, session, { query: 'createStore' })).results[0]?.path).toBe('src/todos/store.js');
});

it('gives prompts the text of the passages, and nobody else', async () => {
  const { state, commit, passages } = await workspace.api
    .get(SearchService)
    .passages(await at(), { query: 'how are pages of todos made', limit: 6 });
  expect(state).toBe('found');
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
  expect(passages.length).toBeGreaterThan(0);
  expect(passages.length).toBeLessThanOrEqual(6);
  const [first] = passages;
  const query = `path=${first?.path ?? ''}&startLine=${first?.startLine ?? 0}&endLine=${first?.endLine ?? 0}`;
  const { text } = await expected(200, member.get<{ text: string }>(`${session}/files/content?${query}`));
  expect(first?.text).toBe(text);
  const answer = JSON.stringify(await search(member, session, { query: 'how are pages of todos made' }));
  for (const line of (first?.text ?? '').split('\n').filter((of) => of.length > 30)) expect(answer).not.toContain(line);
  expect(answer).not.toMatch(/embedding|vector|"text"/);
});

it('before the first index is ready nothing is found, and it says why', async () => {
  const nowhere = { ...(await at()), branch: 'never-indexed' };
  const service = workspace.api.get(SearchService);
  expect(await service.search(nowhere, { query: 'todo', limit: 5 })).toMatchObject({ state: 'indexing', commit: null });
  expect(await service.passages(nowhere, { query: 'todo', limit: 5 })).toEqual({
    ...{ state: 'indexing', commit: null, passages: [] },
  });
});

// Last: it takes the vectors away.
describe('a planted pair without a common word', () => {
  it.each(planted)('is found by its meaning: $query', async ({ query, path }) => {
    expect(pathsOf(await search(member, session, { query }))[0]).toBe(path);
  });

  it('is not found without the vectors', async () => {
    await workspace.stack.sql('ALTER TABLE chunks ALTER COLUMN embedding_id DROP NOT NULL');
    await workspace.stack.sql('UPDATE chunks SET embedding_id = NULL');
    for (const { query, path } of planted) {
      expect(pathsOf(await search(member, session, { query, limit: 100 }))).not.toContain(path);
    }
    expect(pathsOf(await search(member, session, { query: 'createStore' }))[0]).toBe('src/todos/store.js');
  });
});
