import type { ApiClient } from '../support/index.js';
import { waitFor } from '../support/index.js';
import {
  allFiles,
  expected,
  finished,
  type IndexView,
  openSession,
  pathsOf,
  readIndex,
  search,
  serves,
  startWorkspace,
  type Workspace,
} from './workspace.js';

interface AuditView {
  readonly items: readonly {
    readonly action: string;
    readonly result: string;
    readonly via: string;
    readonly repository?: string;
    readonly actor: { readonly login: string | null };
    readonly target: { readonly name: string };
    readonly details: Record<string, unknown>;
  }[];
}

let workspace: Workspace;
let admin: ApiClient;
let member: ApiClient;

beforeAll(async () => {
  workspace = await startWorkspace();
  await workspace.work();
  admin = await workspace.as('admin');
  member = await workspace.as('member');
}, 300_000);
afterAll(() => workspace.stack.stop());

/** When each content was stored; what was computed anew has another. */
const contents = async (): Promise<Map<string, string>> => {
  const rows = await workspace.stack.sql<{ id: string; oid: string; name: string }>('SELECT id, oid, name FROM blobs');
  return new Map(rows.map(({ id, oid, name }) => [`${oid} ${name}`, id]));
};

describe('the sample repository', () => {
  let session: string;
  let index: IndexView;

  beforeAll(async () => {
    session = await openSession(member, 'todo-api');
    index = await finished(member, session);
  });

  it('is read to its end, every file of it accounted for', async () => {
    expect(index).toMatchObject({ status: 'ready', behind: 0, progress: 1, etaSeconds: 0 });
    expect(index.commit).toBe(index.headCommit);
    const files = await allFiles(member, session);
    expect(files).toHaveLength(index.filesTotal);
    expect(files.filter(({ status }) => status === 'indexed')).toHaveLength(index.filesIndexed);
    expect(index.filesIndexed).toBeGreaterThan(20);
    expect(index.chunks).toBeGreaterThan(index.filesIndexed);
    expect(files.find(({ path }) => path === 'src/todos/store.js')).toMatchObject({
      ...{ status: 'indexed', language: 'JavaScript', category: 'code' },
    });
  });

  it('has a vector of 384 numbers and length 1 for each chunk', async () => {
    const [row] = await workspace.stack.sql(
      `SELECT count(*)::int AS chunks, count(e.*)::int AS vectors, min(vector_dims(e.embedding)) AS least,
              max(abs(vector_norm(e.embedding) - 1)) < 0.001 AS unit
         FROM chunks c LEFT JOIN text_embeddings e ON e.id = c.embedding_id`,
    );
    expect(row).toMatchObject({ chunks: index.chunks, vectors: index.chunks, least: 384, unit: true });
  });

  it('leaves one audit entry of its end, by whoever asked', async () => {
    const { items } = await expected(200, admin.get<AuditView>('/api/audit/entries?action=index.finish'));
    expect(items).toEqual([
      expect.objectContaining({
        ...{ result: 'ok', via: 'job', repository: 'acme/todo-api' },
        actor: expect.objectContaining({ login: 'member' }) as unknown,
        details: expect.objectContaining({ commit: index.commit, branch: 'main', chunks: index.chunks }) as unknown,
      }),
    ]);
  });

  it('costs a second session nothing', async () => {
    const before = await contents();
    const second = await openSession(admin, 'todo-api');
    expect(await finished(admin, second)).toEqual(index);
    expect(await contents()).toEqual(before);
    const { items } = await expected(200, admin.get<AuditView>('/api/audit/entries?action=index.finish'));
    expect(items).toHaveLength(1);
  });

  it('costs only its changed files when it is pushed to, which is noticed by itself', async () => {
    const before = await contents();
    const commit = await workspace.commit('todo-api', {
      'src/archive.js':
        'export function archiveFinishedTodos(todos) {\n  return todos.filter((todo) => !todo.done);\n}\n',
      'src/todos/tags.js': null,
    });
    const state = await serves(member, session, commit);
    expect(state).toMatchObject({ headCommit: commit, behind: 0, filesTotal: index.filesTotal });
    const after = await contents();
    const made = [...after].filter(([key]) => !before.has(key)).map(([key]) => key.split(' ')[1]);
    expect(made).toEqual(['archive.js']);
    for (const [key, id] of before) expect([id, undefined]).toContain(after.get(key));
    // what nobody refers to any more is gone, with the snapshot that did
    await waitFor('it to go', async () => ![...(await contents()).keys()].some((key) => key.endsWith(' tags.js')));
    // it was told how far it was ahead of the one before
    const snapshots = await workspace.stack.sql('SELECT commit_sha, behind FROM index_snapshots');
    expect(snapshots).toEqual([{ commit_sha: commit, behind: 1 }]);
    expect(pathsOf(await search(member, session, { query: 'archive finished todos' }))[0]).toBe('src/archive.js');
  });

  it('is read again when asked for, and again costs nothing for what it was', async () => {
    const before = await contents();
    const state = await expected(202, member.post<IndexView>(`${session}/index`));
    expect(state.status).toBe('ready');
    expect(await contents()).toEqual(before);
  });
});

it('a file that is moved, and one that is there twice, are embedded once', async () => {
  const text = 'export function theSameEverywhere(value) {\n  return value * 2;\n}\n';
  await workspace.repository('twins', { 'a/same.js': text, 'b/same.js': text });
  const session = await openSession(member, 'twins');
  expect(await finished(member, session)).toMatchObject({ filesIndexed: 2, chunks: 2 });
  const count = `SELECT count(*)::int AS n FROM blobs WHERE name = 'same.js'`;
  expect(await workspace.stack.sql(count)).toEqual([{ n: 1 }]);
  const commit = await workspace.commit('twins', { 'a/same.js': null, 'c/same.js': text });
  await serves(member, session, commit);
  expect(await workspace.stack.sql(count)).toEqual([{ n: 1 }]);
  expect(pathsOf(await search(member, session, { query: 'theSameEverywhere' })).sort()).toEqual([
    'b/same.js',
    'c/same.js',
  ]);
});

it('a file keeps the reason why it is not read for as long as its content stays, and no longer', async () => {
  const generated = '// Code generated by a tool. DO NOT EDIT.\nexport const made = 1;\n';
  await workspace.repository('reasons', {
    'src/made.js': generated,
    'src/also.js': generated.replace('made', 'also'),
    'src/read.js': 'export const read = 1;\n',
  });
  const session = await openSession(member, 'reasons');
  await finished(member, session);
  const reasons = async (): Promise<Record<string, string | undefined>> =>
    Object.fromEntries((await allFiles(member, session)).map(({ path, skipReason }) => [path, skipReason]));
  expect(await reasons()).toMatchObject({ 'src/made.js': 'generated', 'src/also.js': 'generated' });
  const commit = await workspace.commit('reasons', { 'src/made.js': 'export const made = 2;\n' });
  expect(await serves(member, session, commit)).toMatchObject({ filesIndexed: 2, filesSkipped: 1, chunks: 2 });
  expect(await reasons()).toMatchObject({ 'src/also.js': 'generated' });
  expect(pathsOf(await search(member, session, { query: 'made' }))).toContain('src/made.js');
});

it('a branch that has moved on, or was rewritten, before it is read is read where it is now', async () => {
  await workspace.repository('moving', { 'src/moon.js': 'export const moon = "full of craters";\n' });
  const session = await openSession(member, 'moving');
  const { commit } = await finished(member, session);
  // Else news of the first push could come after the row, and drop it for what it tells of.
  await waitFor('the news of the first push', async () => {
    const [told] = await workspace.stack.sql(
      `SELECT 1 FROM webhook_deliveries WHERE event = 'push' AND payload #>> '{repository,name}' = 'moving' AND processed_at IS NOT NULL`,
    );
    const waiting = await workspace.stack.sql("SELECT 1 FROM outbox WHERE topic = 'github.push'");
    return told && waiting.length === 0;
  });
  await workspace.stack.sql(
    `INSERT INTO index_snapshots (id, repository_id, branch, commit_sha, recipe, requested_by, requested_at, run_after)
     SELECT gen_random_uuid(), repository_id, branch, repeat('1', 40), recipe, requested_by, now(), now() + interval '1 hour'
       FROM index_snapshots WHERE commit_sha = $1`,
    [commit],
  );
  expect(await readIndex(member, session)).toMatchObject({ status: 'queued', commit, headCommit: '1'.repeat(40) });
  await workspace.stack.sql("UPDATE index_snapshots SET run_after = now() WHERE commit_sha = repeat('1', 40)");
  expect(await finished(member, session)).toMatchObject({ status: 'ready', commit, headCommit: commit });
  const { items } = await expected(200, admin.get<AuditView>('/api/audit/entries?action=index.move'));
  expect(items).toMatchObject([
    { result: 'ok', repository: 'acme/moving', details: { commit: '1'.repeat(40), head: commit, branch: 'main' } },
  ]);
});

it('a push is read with the right of whoever asked last, also where there was nothing left to read', async () => {
  await workspace.repository('handed', { 'src/moon.js': 'export const moon = "full of craters";\n' });
  const theirs = await openSession(member, 'handed');
  await finished(member, theirs);
  const mine = await openSession(admin, 'handed');
  await workspace.forge('permissions', { login: 'member', repository: 'acme/handed', permission: 'none' });
  const head = await workspace.commit('handed', { 'src/sun.js': 'export const sun = "a star";\n' });
  const read = await waitFor('the end', async () => {
    const state = await readIndex(admin, mine);
    return state.headCommit === head && /ready|failed/.test(state.status) ? state : undefined;
  });
  expect(read).toMatchObject({ status: 'ready', commit: head });
});

it('what may not be read any more fails with a sentence; what was searched before still is, and another may read it', async () => {
  await workspace.repository('closed', { 'src/moon.js': 'export const moon = "full of craters";\n' });
  const mine = await openSession(admin, 'closed');
  const { commit } = await finished(admin, mine);
  await openSession(member, 'closed');
  await workspace.forge('permissions', { login: 'member', repository: 'acme/closed', permission: 'none' });
  const head = await workspace.commit('closed', { 'src/sun.js': 'export const sun = "a star";\n' });
  const failed = await waitFor('the failure', async () => {
    const state = await readIndex(admin, mine);
    return state.status === 'failed' ? state : undefined;
  });
  expect(failed).toMatchObject({ commit, headCommit: head, errorCode: 'github.repository-not-found' });
  expect(failed.error).toMatch(/\w+ \w+/);
  expect(pathsOf(await search(admin, mine, { query: 'craters on the moon' }))).toEqual(['src/moon.js']);
  const { items } = await expected(200, admin.get<AuditView>('/api/audit/entries?action=index.finish&result=error'));
  expect(items).toEqual([expect.objectContaining({ reason: 'github.repository-not-found', result: 'error' })]);

  await expected(202, admin.post<IndexView>(`${mine}/index`));
  expect(await serves(admin, mine, head)).toMatchObject({ behind: 0 });
});

it('a GitHub that is away for a moment delays an index and does not fail it', async () => {
  await workspace.repository('away', { 'src/tide.js': 'export const tide = "comes and goes";\n' });
  await workspace.forge('faults', { kind: '500', match: 'away\\.git/info/refs', times: 1 });
  const session = await openSession(member, 'away');
  const ofAway = `repository_id = (SELECT id FROM repositories WHERE name = 'away')`;
  await waitFor('the first attempt to fail', async () => {
    const due = await workspace.stack.sql(
      `SELECT 1 FROM index_snapshots WHERE ${ofAway} AND attempts = 1 AND lease_until IS NULL AND run_after > now()`,
    );
    return due.length === 1;
  });
  // The pause before it is tried again goes by.
  await workspace.stack.sql(`UPDATE index_snapshots SET run_after = now() WHERE ${ofAway}`);
  expect(await finished(member, session)).toMatchObject({ status: 'ready', filesIndexed: 1 });
  const [row] = await workspace.stack.sql<{ attempts: number }>(`SELECT attempts FROM index_snapshots WHERE ${ofAway}`);
  expect(row?.attempts).toBeGreaterThan(1);
});

it('the index of a branch goes with its last session, and its contents with the last branch', async () => {
  await workspace.repository('short', { 'src/once.js': 'export const onlyHere = "a very particular text";\n' });
  const [first, second] = [await openSession(member, 'short'), await openSession(admin, 'short')];
  await finished(member, first);
  const left = async (): Promise<number> => {
    const [row] = await workspace.stack.sql<{ n: number }>(
      `SELECT (SELECT count(*) FROM blobs WHERE name = 'once.js')::int
            + (SELECT count(*) FROM index_snapshots s JOIN repositories r ON r.id = s.repository_id WHERE r.name = 'short')::int AS n`,
    );
    return row?.n ?? -1;
  };
  await expected(204, member.delete(first));
  await waitFor('the event', async () => {
    const [row] = await workspace.stack.sql<{ n: number }>(`SELECT count(*)::int AS n FROM outbox`);
    return row?.n === 0;
  });
  expect(await left()).toBe(2);
  expect(pathsOf(await search(admin, second, { query: 'onlyHere' }))).toEqual(['src/once.js']);
  await expected(204, admin.delete(second));
  await waitFor('the end of the index', async () => (await left()) === 0);
  const { items } = await expected(200, admin.get<AuditView>('/api/audit/entries?action=index.forget'));
  expect(items).toMatchObject([{ result: 'ok', repository: 'acme/short', details: { branch: 'main', snapshots: 1 } }]);
});
