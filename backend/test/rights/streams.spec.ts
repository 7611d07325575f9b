import {
  type ApiClient,
  bearing,
  signIn,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
} from '../support/index.js';

/** What somebody who loses a right still sees: nothing after five seconds, of a stream that is open already either. */
let stack: Stack;
let api: TestApi;
let owner: ApiClient;
let ids: Readonly<Record<'member' | 'auditor' | 'admin', string>>;
let sessionId: string;
let streams: readonly string[];

const SOON_MS = 5_000;
const LATER = new Date('2099-01-01T00:00:00Z');

beforeAll(async () => {
  stack = await startStack({ forge: true });
  api = await startApi(stack);
  await startWorker(stack);
  owner = await signIn(api, 'member');
  const [admin, auditor] = [await signIn(api, 'admin'), await signIn(api, 'auditor')];
  ids = { member: await idOf(owner), auditor: await idOf(auditor), admin: await idOf(admin) };
  const opened = await owner.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'todo-api' });
  sessionId = opened.body.id;
  streams = await workUnderWay();
}, 300_000);
afterAll(() => stack.stop());
beforeEach(async () => {
  await letRead('read');
  await stack.sql(`UPDATE users SET disabled_at = NULL, role = 'auditor' WHERE id = $1`, [ids.auditor]);
  await stack.sql('DELETE FROM session_members WHERE user_id = $1', [ids.auditor]);
  await owner.post(`/api/sessions/${sessionId}/members`, { userId: ids.auditor, role: 'viewer' });
});

async function idOf(client: ApiClient): Promise<string> {
  return (await client.get<{ id: string }>('/api/auth/me')).body.id;
}

/** An answer, a solve and an index that another worker is said to be at, so that their streams go on. */
async function workUnderWay(): Promise<string[]> {
  const { sql } = stack;
  const [answer, issue, solve] = Array.from({ length: 3 }, () => crypto.randomUUID());
  await sql(
    `INSERT INTO messages (id, session_id, role, text, author_id, status, lease_until)
     VALUES ($1, $2, 'assistant', '', $3, 'streaming', $4)`,
    [answer, sessionId, ids.member, LATER],
  );
  await sql(
    `INSERT INTO issues (id, session_id, status, title, body, labels, assignees, acceptance)
     VALUES ($1, $2, 'draft', 'Bug', '', '{}', '{}', '{}')`,
    [issue, sessionId],
  );
  await sql(
    `INSERT INTO solves (id, issue_id, session_id, status, model, limit_steps, limit_minutes, limit_cost_usd, lease_until)
     VALUES ($1, $2, $3, 'running', 'm', 1, 1, 1, $4)`,
    [solve, issue, sessionId, LATER],
  );
  await sql(`UPDATE sessions SET branch = 'being-read' WHERE id = $1`, [sessionId]);
  await sql(
    `INSERT INTO index_snapshots (id, repository_id, branch, commit_sha, recipe, status, files_total, lease_until)
     SELECT $2, repository_id, branch, 'abc', 'r', 'running', 7, $3 FROM sessions WHERE id = $1`,
    [sessionId, crypto.randomUUID(), LATER],
  );
  const base = `/api/sessions/${sessionId}`;
  return [`${base}/messages/${answer}/stream`, `${base}/index/stream`, `/api/solves/${solve}/events`];
}

/** What GitHub says from now on, which it tells by a webhook, too. */
async function letRead(permission: 'none' | 'read'): Promise<void> {
  await forge('permissions', { login: 'auditor', repository: 'acme/todo-api', permission });
}

async function forge(path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${stack.forgeUrl}/_forge/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

interface Open {
  readonly path: string;
  readonly end: Promise<void>;
  close(): void;
}

async function open(client: ApiClient, path: string): Promise<Open> {
  const stop = new AbortController();
  const headers = { ...client.headers, accept: 'text/event-stream' };
  const answer = await fetch(client.url + path, { headers, signal: stop.signal });
  if (!answer.ok || !answer.body) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  const drained = answer.body.pipeTo(new WritableStream()).catch(() => undefined);
  return { path, end: drained, close: () => stop.abort() };
}

async function openAll(client: ApiClient, paths: readonly string[]): Promise<Open[]> {
  return Promise.all(paths.map((path) => open(client, path)));
}

/** Those that have not ended within five seconds of `act`. */
async function outliving(opened: readonly Open[], act: () => Promise<unknown>, within = SOON_MS): Promise<string[]> {
  const begin = performance.now();
  await act();
  const ends = await Promise.all(
    opened.map(({ path, end }) =>
      Promise.race([
        end.then(() => undefined),
        new Promise<string>((resolve) => setTimeout(resolve, within - (performance.now() - begin), path).unref()),
      ]),
    ),
  );
  for (const each of opened) each.close();
  return ends.filter((path) => path !== undefined);
}

async function seen(client: ApiClient): Promise<unknown> {
  return (await client.get(`/api/sessions/${sessionId}`)).body;
}

const end = (path: string): Promise<unknown> => owner.delete(path);

describe('who loses the right to read a repository on GitHub', () => {
  it('sees nothing of it within five seconds, on no stream that is open and by no request, and keeps the session', async () => {
    const auditor = await signIn(api, 'auditor');
    const opened = await openAll(auditor, streams);
    const events = await open(auditor, '/api/events');
    expect(await outliving(opened, () => letRead('none'))).toEqual([]);
    for (const path of streams) expect((await auditor.get(path)).status).toBe(404);
    expect(await seen(owner)).toMatchObject({ index: { status: 'running', filesTotal: 7 } });
    const index = { status: 'running', filesTotal: 0, commit: null, headCommit: null };
    expect(await seen(auditor)).toMatchObject({ title: 'acme/todo-api', index });
    expect((await auditor.get(`/api/sessions/${sessionId}/members`)).status).toBe(200);
    events.close();
  });

  it('loses nothing when only somebody else does', async () => {
    const opened = await openAll(owner, streams);
    expect(await outliving(opened, () => letRead('none'), 2_000)).toEqual(streams);
  });
});

describe('who is taken out of a session', () => {
  it('sees nothing of it any longer, also where a stream is open', async () => {
    const opened = await openAll(await signIn(api, 'auditor'), streams);
    expect(await outliving(opened, () => end(`/api/sessions/${sessionId}/members/${ids.auditor}`))).toEqual([]);
  });

  it('does so when the session is deleted, too', async () => {
    const { body } = await owner.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'todo-api' });
    await stack.sql(`UPDATE sessions SET branch = 'being-read' WHERE id = $1`, [body.id]);
    const opened = await openAll(owner, [`/api/sessions/${body.id}/index/stream`]);
    expect(await outliving(opened, () => end(`/api/sessions/${body.id}`))).toEqual([]);
  });
});

describe('whose role an administrator takes, or who is disabled', () => {
  it.each([{ disabled: true }, { role: 'member' }])('%j: all open channels end at once', async (change) => {
    const admin = await signIn(api, 'admin');
    const opened = await openAll(await signIn(api, 'auditor'), [...streams, '/api/events']);
    expect(await outliving(opened, () => admin.patch(`/api/admin/users/${ids.auditor}`, change))).toEqual([]);
  });

  it('has no more right by an API token than by hand', async () => {
    const auditor = await signIn(api, 'auditor');
    const wish = { name: 'reader of the trail', scopes: ['audit'] };
    const { body } = await auditor.post<{ token: string }>('/api/auth/tokens', wish);
    const program = bearing(api, body.token);
    expect((await program.get('/api/audit/entries')).status).toBe(200);
    const admin = await signIn(api, 'admin');
    await admin.patch(`/api/admin/users/${ids.auditor}`, { role: 'member' });
    expect((await program.get('/api/audit/entries')).status).toBe(403);
    await admin.patch(`/api/admin/users/${ids.auditor}`, { disabled: true });
    expect((await program.get('/api/audit/entries')).status).toBe(401);
  });
});
