import {
  anonymous,
  type ApiClient,
  bearing,
  signIn,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
  type TestApp,
  waitFor,
} from '../support/index.js';
import { AnchorTask } from '../../src/modules/audit/jobs/anchor.task.js';
import { RefusalCountsTask } from '../../src/modules/audit/jobs/refusal-counts.task.js';
import { RedisClient } from '../../src/platform/redis/redis.module.js';

interface Entry {
  readonly seq: number;
  readonly at: string;
  readonly actor: { type: string; id: string | null; login: string | null; role: string | null };
  readonly action: string;
  readonly target: { type: string; id: string | null; name: string | null };
  readonly result: string;
  readonly reason: string | null;
  readonly via: string;
  readonly requestId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly details: Record<string, unknown>;
  readonly hash: string;
}
interface Page {
  readonly items: Entry[];
  readonly nextCursor: string | null;
}
interface Verdict {
  readonly intact: boolean;
  readonly checked: number;
  readonly firstBroken?: number;
  readonly reason?: string;
  readonly anchor: { state: string };
}

describe('the audit trail', () => {
  let stack: Stack;
  let api: TestApi;
  let worker: TestApp;
  let admin: ApiClient;
  let auditor: ApiClient;
  let member: ApiClient;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
    worker = await startWorker(stack);
    [admin, auditor, member] = await Promise.all([signIn(api, 'admin'), signIn(api, 'auditor'), signIn(api, 'member')]);
  });
  afterAll(() => stack.stop());

  const entries = async (query = '', client = auditor): Promise<Entry[]> =>
    (await client.get<Page>(`/api/audit/entries?${query}`)).body.items;
  const verify = async (): Promise<Verdict> => (await auditor.get<Verdict>('/api/audit/verify')).body;
  const withId = (client: ApiClient, id: string): ApiClient => client.with({ 'x-request-id': id });
  const of = (requestId: string): Promise<Entry[]> =>
    entries('limit=200').then((all) => all.filter((entry) => entry.requestId === requestId));

  it('tells of every write: who, what, on what, from where, under which request', async () => {
    const wishes: [string, string, (client: ApiClient) => Promise<unknown>][] = [
      ['token.create', 'token', (client) => client.post('/api/auth/tokens', { name: 'ci', scopes: ['read'] })],
      ['session.create', 'session', (client) => client.post('/api/sessions', { owner: 'acme', repo: 'todo-api' })],
      ['login.end', 'login', (client) => client.post('/api/auth/logout')],
    ];
    for (const [action, type, act] of wishes) {
      const requestId = `write-${action}`;
      await act(withId(await signIn(api, 'member'), requestId).with({ 'user-agent': 'a browser' }));
      const found = (await of(requestId)).filter((entry) => entry.action === action);
      expect([action, found]).toEqual([action, [expect.anything()]]);
      expect(found[0]).toMatchObject({
        actor: { type: 'user', login: 'member', role: 'member' },
        target: { type },
        result: 'ok',
        via: 'cookie',
        requestId,
        ip: '127.0.0.1',
        userAgent: 'a browser',
      });
    }
  });

  it('says how somebody came in: by cookie or by token', async () => {
    const { body } = await member.post<{ token: string }>('/api/auth/tokens', { name: 'p', scopes: ['write'] });
    await withId(bearing(api, body.token), 'by-a-token').post('/api/sessions', { owner: 'acme', repo: 'todo-api' });
    expect((await of('by-a-token')).map(({ action, via }) => [action, via])).toContainEqual([
      'session.create',
      'token',
    ]);
  });

  it('has one entry for each refusal of somebody signed in', async () => {
    const unknown = '0190a0a0-0000-7000-8000-000000000000';
    const refusals: [string, string, (client: ApiClient) => Promise<unknown>][] = [
      ['auth.role', 'GET /api/audit/entries', (client) => client.get('/api/audit/entries')],
      ['sessions.not-found', 'GET /api/sessions/:id', (client) => client.get(`/api/sessions/${unknown}`)],
      [
        'auth.cross-site',
        'POST /api/sessions',
        (client) => client.with({ origin: 'https://evil.example' }).post('/api/sessions', {}),
      ],
    ];
    for (const [code, route, act] of refusals) {
      const requestId = `refused-${code}`;
      await act(withId(member, requestId));
      expect(await of(requestId)).toMatchObject([
        {
          action: 'http.refused',
          actor: { login: 'member' },
          target: { type: 'route', id: route },
          result: 'denied',
          reason: code,
        },
      ]);
    }
    await withId(member, 'refused-422').post('/api/sessions', { owner: 3 });
    expect(await of('refused-422')).toEqual([]);
  });

  it('counts refusals of strangers: one entry an address, route and minute, written by the worker', async () => {
    const before = await stack.sql<{ count: string }>(
      "SELECT count(*) FROM audit_entries WHERE actor_type = 'anonymous'",
    );
    for (let n = 0; n < 30; n++) await anonymous(api).get('/api/auth/me');
    for (let n = 0; n < 5; n++) await anonymous(api).get('/api/audit/entries');
    expect(await stack.sql("SELECT count(*) FROM audit_entries WHERE actor_type = 'anonymous'")).toEqual(before);
    // The minute is made to be over, for the test need not wait for it.
    const redis = api.get(RedisClient);
    const minutes = await redis.smembers('yudai:refusals:minutes');
    for (const minute of minutes) {
      const earlier = String(Number(minute) - 2);
      await redis.rename(`yudai:refusals:${minute}`, `yudai:refusals:${earlier}`);
      await redis.srem('yudai:refusals:minutes', minute);
      await redis.sadd('yudai:refusals:minutes', earlier);
    }
    const task = worker.get(RefusalCountsTask);
    await Promise.all([task.write(), task.write()]);
    const found = await waitFor('both entries', async () => {
      const all = await entries('actor=anonymous&action=http.refused');
      return all.some(({ target }) => target.id === 'GET /api/auth/me') && all;
    });
    const counts = (route: string): unknown[] =>
      found
        .filter(({ target, reason }) => target.id === route && reason === 'auth.required')
        .map(({ details }) => details['count']);
    expect(sum(counts('GET /api/auth/me'))).toBe(30);
    expect(sum(counts('GET /api/audit/entries'))).toBe(5);
    expect(counts('GET /api/auth/me').length).toBeLessThanOrEqual(2);
    expect(found[0]).toMatchObject({
      ip: '127.0.0.1',
      via: 'job',
      result: 'denied',
      actor: { type: 'anonymous', login: null },
    });
    await worker.get(AnchorTask).note();
    expect(await verify()).toMatchObject({ intact: true });
  });

  it('is read by administrators and auditors, and by nobody else', async () => {
    for (const path of ['/api/audit/entries', '/api/audit/verify', '/api/audit/export?format=csv']) {
      expect([path, (await admin.get(path)).status, (await auditor.get(path)).status]).toEqual([path, 200, 200]);
      expect([path, (await member.get(path)).status, (await anonymous(api).get(path)).status]).toEqual([
        path,
        403,
        401,
      ]);
    }
    expect((await auditor.get('/api/admin/users')).status).toBe(403);
  });

  it('is filtered by actor, action, target, result, time and text', async () => {
    const session = (await member.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'todo-api' })).body;
    const all = await entries('limit=200');
    const every = async (query: string, test: (entry: Entry) => boolean): Promise<void> => {
      const found = await entries(`limit=200&${query}`);
      expect([query, found.length > 0, found.every(test)]).toEqual([query, true, true]);
      expect([query, found.length < all.length]).toEqual([query, true]);
    };
    await every('actor=member', ({ actor }) => actor.login === 'member');
    await every('action=session.create', ({ action }) => action === 'session.create');
    await every(`target=${session.id}`, ({ target }) => target.id === session.id);
    await every('result=denied', ({ result }) => result === 'denied');
    await every('query=sessions.not', ({ reason }) => reason === 'sessions.not-found');
    const middle = all[Math.floor(all.length / 2)]!.at;
    await every(`from=${middle}`, ({ at }) => at >= middle);
    await every(`to=${middle}`, ({ at }) => at < middle);
    expect(await entries('query=%25')).toEqual([]);
    expect((await auditor.get('/api/audit/entries?result=maybe')).status).toBe(422);
    expect((await auditor.get('/api/audit/entries?from=yesterday')).status).toBe(422);
  });

  it('comes in pages, newest first, without a gap or a repetition', async () => {
    const seqs: number[] = [];
    let cursor: string | null = '';
    let pages = 0;
    while (cursor !== null && pages++ < 100) {
      const page: { body: Page } = await auditor.get<Page>(
        `/api/audit/entries?limit=7${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seqs.push(...page.body.items.map(({ seq }) => seq));
      cursor = page.body.nextCursor;
    }
    const newest = seqs[0]!;
    expect(seqs).toEqual(Array.from({ length: newest }, (_, index) => newest - index));
    expect((await auditor.get('/api/audit/entries?cursor=x')).status).toBe(422);
  });

  it('is exported whole, as lines of JSON or as a table, and that is an entry itself', async () => {
    const ndjson = await auditor.get('/api/audit/export?format=ndjson');
    expect(ndjson.headers['content-type']).toContain('application/x-ndjson');
    expect(ndjson.headers['content-disposition']).toBe('attachment; filename="audit.ndjson"');
    const text = await (await fetch(`${api.url}/api/audit/export?format=ndjson`, { headers: auditor.headers })).text();
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Entry);
    // What a job does meanwhile is an entry, too.
    const newest = lines.find(({ via }) => via !== 'job');
    expect(newest).toMatchObject({ action: 'audit.export', actor: { login: 'auditor' } });
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => lines.length - index));
    const csv = await (
      await fetch(`${api.url}/api/audit/export?format=csv&action=session.create`, { headers: admin.headers })
    ).text();
    const [head = '', ...rows] = csv.trim().split(/\r?\n/);
    expect(head.split(',').slice(0, 4)).toEqual(['"seq"', '"id"', '"at"', '"actorType"']);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.includes('session.create'))).toBe(true);
  });

  it('refuses every change by SQL', async () => {
    await waitFor('an entry in its place', async () => {
      const rows = await stack.sql('SELECT 1 FROM audit_entries WHERE seq = 1');
      return rows.length === 1;
    });
    for (const change of [
      "UPDATE audit_entries SET action = 'nothing' WHERE seq = 1",
      'DELETE FROM audit_entries WHERE seq = 1',
      'TRUNCATE audit_entries',
    ]) {
      await expect(stack.sql(change)).rejects.toThrow();
    }
    await worker.get(AnchorTask).note();
    expect((await verify()).intact).toBe(true);
  });

  it('keeps seals outside of the database', async () => {
    await worker.get(AnchorTask).note();
    expect(await verify()).toMatchObject({ intact: true, anchor: { state: 'match' } });
  });

  it('names the row that was edited, removed or added by hand, by somebody who can switch the guard off', async () => {
    const intruder = async (sql: string): Promise<Verdict> => {
      await stack.sql('ALTER TABLE audit_entries DISABLE TRIGGER USER');
      await stack.sql(sql);
      await stack.sql('ALTER TABLE audit_entries ENABLE TRIGGER USER');
      return verify();
    };
    // Its tasks write entries of their own, which a restored copy would lack.
    await worker.stop();
    await stack.sql('CREATE TABLE kept AS SELECT * FROM audit_entries');
    const restore = 'DELETE FROM audit_entries; INSERT INTO audit_entries SELECT * FROM kept';
    expect(await intruder("UPDATE audit_entries SET actor_login = 'nobody' WHERE seq = 5")).toMatchObject({
      intact: false,
      checked: 4,
      firstBroken: 5,
      reason: 'content',
    });
    expect(await intruder(restore)).toMatchObject({ intact: true });
    expect(await intruder("UPDATE audit_entries SET details = '{}' WHERE seq = 3")).toMatchObject({
      intact: false,
      firstBroken: 3,
    });
    await intruder(restore);
    expect(await intruder('DELETE FROM audit_entries WHERE seq = 7')).toMatchObject({
      intact: false,
      firstBroken: 7,
      reason: 'missing',
    });
    await intruder(restore);
    expect(await intruder('DELETE FROM audit_entries WHERE seq = (SELECT max(seq) FROM audit_entries)')).toMatchObject({
      intact: false,
    });
    await intruder(restore);
    // The end cut off together with the head: only the seal outside knows.
    const cut = `DELETE FROM audit_entries WHERE seq > 10;
      UPDATE audit_head SET seq = 10, hash = (SELECT hash FROM audit_entries WHERE seq = 10)`;
    expect(await intruder(cut)).toMatchObject({ intact: false, anchor: { state: 'mismatch' } });
  });
});

const sum = (counts: unknown[]): number => counts.reduce<number>((total, count) => total + Number(count), 0);
