import { createHash } from 'node:crypto';
import {
  anonymous,
  type ApiClient,
  bearing,
  signIn,
  type Stack,
  startApi,
  startStack,
  type TestApi,
} from '../support/index.js';

interface Problem {
  readonly code: string;
  readonly errors?: { path: string }[];
}
interface Created {
  readonly id: string;
  readonly token: string;
  readonly scopes: string[];
  readonly expiresAt: string;
}

describe('API tokens', () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  let admin: ApiClient;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
    [member, admin] = await Promise.all([signIn(api, 'member'), signIn(api, 'admin')]);
  });
  afterAll(() => stack.stop());

  async function tokenWith(owner: ApiClient, ...scopes: string[]): Promise<ApiClient> {
    const { body } = await owner.post<Created>('/api/auth/tokens', { name: scopes.join(' '), scopes });
    return bearing(api, body.token);
  }
  const codeOf = async (answer: Promise<{ status: number; body: unknown }>): Promise<[number, string]> => {
    const { status, body } = await answer;
    return [status, (body as Problem | undefined)?.code ?? ''];
  };

  it('are shown once and kept as a hash', async () => {
    const { status, body } = await member.post<Created>('/api/auth/tokens', { name: 'ci', scopes: ['read', 'write'] });
    expect([status, body.scopes]).toEqual([201, ['read', 'write']]);
    expect(body.token).toMatch(/^yud_[\w-]{43}$/);
    const list = await member.get<{ items: Created[] }>('/api/auth/tokens');
    expect(list.text).not.toContain(body.token);
    expect(list.body.items[0]).toMatchObject({ id: body.id, name: 'ci' });
    const [row] = await stack.sql<{ token_hash: string; text: string }>(
      'SELECT token_hash, t::text AS text FROM api_tokens t WHERE id = $1',
      [body.id],
    );
    expect(row?.token_hash).toBe(createHash('sha256').update(body.token).digest('hex'));
    expect(row?.text).not.toContain(body.token);
  });

  it('do what their scopes say and no more', async () => {
    const [reader, writer, solver] = await Promise.all([
      tokenWith(member, 'read'),
      tokenWith(member, 'write'),
      tokenWith(member, 'solve'),
    ]);
    expect((await reader.get('/api/auth/me')).status).toBe(200);
    expect(await codeOf(writer.get('/api/auth/me'))).toEqual([403, 'auth.scope']);
    expect(await codeOf(reader.post('/api/sessions', { owner: 'acme', repo: 'todo-api' }))).toEqual([
      403,
      'auth.scope',
    ]);
    expect(await codeOf(solver.post('/api/sessions', { owner: 'acme', repo: 'todo-api' }))).toEqual([
      403,
      'auth.scope',
    ]);
    expect((await writer.post('/api/sessions', { owner: 'acme', repo: 'todo-api' })).status).toBe(201);
  });

  it('need the role of their owner beside the scope, and the scope beside the role', async () => {
    const wish = await tokenWith(member, 'admin', 'audit', 'read');
    expect(await codeOf(wish.get('/api/admin/users'))).toEqual([403, 'auth.role']);
    expect(await codeOf(wish.get('/api/audit/entries'))).toEqual([403, 'auth.role']);
    const reader = await tokenWith(admin, 'read', 'write', 'solve');
    expect(await codeOf(reader.get('/api/admin/users'))).toEqual([403, 'auth.scope']);
    expect(await codeOf(reader.get('/api/audit/entries'))).toEqual([403, 'auth.scope']);
    expect((await (await tokenWith(admin, 'admin')).get('/api/admin/users')).status).toBe(200);
    expect((await (await tokenWith(admin, 'audit')).get('/api/audit/entries')).status).toBe(200);
  });

  it('make no tokens, end no logins, whatever their scopes', async () => {
    const all = await tokenWith(admin, 'read', 'write', 'solve', 'admin', 'audit');
    const [login] = (await admin.get<{ items: { id: string }[] }>('/api/auth/logins')).body.items;
    const [token] = (await admin.get<{ items: { id: string }[] }>('/api/auth/tokens')).body.items;
    for (const answer of [
      all.post('/api/auth/tokens', { name: 'more', scopes: ['read'] }),
      all.delete(`/api/auth/tokens/${token!.id}`),
      all.delete(`/api/auth/logins/${login!.id}`),
      all.delete('/api/auth/logins'),
      all.post('/api/auth/logout'),
    ]) {
      expect(await codeOf(answer)).toEqual([403, 'auth.browser-only']);
    }
    expect((await admin.get('/api/auth/me')).status).toBe(200);
  });

  it('are not asked where they come from, and are refused beside a foreign cookie only by themselves', async () => {
    const writer = await tokenWith(member, 'write', 'read');
    const answer = await writer
      .with({ origin: 'https://ci.example' })
      .post('/api/sessions', { owner: 'acme', repo: 'todo-api' });
    expect(answer.status).toBe(201);
    const doubled = writer.with({ cookie: admin.headers['cookie']! });
    expect((await doubled.get<{ login: string }>('/api/auth/me')).body.login).toBe('member');
    const broken = anonymous(api).with({
      authorization: 'Bearer yud_wrong',
      cookie: member.headers['cookie']!,
      origin: 'https://evil.example',
    });
    expect([401, 403]).toContain((await broken.post('/api/auth/tokens', { name: 'x', scopes: ['read'] })).status);
  });

  it('run out', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await member.post<Created>('/api/auth/tokens', { name: 'short', scopes: ['read'], expiresAt });
    expect(body.expiresAt).toBe(expiresAt);
    await stack.sql("UPDATE api_tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [body.id]);
    expect((await bearing(api, body.token).get('/api/auth/me')).status).toBe(401);
  });

  it.each([
    [{ name: '', scopes: ['read'] }, 'name'],
    [{ name: 'x', scopes: [] }, 'scopes'],
    [{ name: 'x', scopes: ['root'] }, 'scopes[0]'],
    [{ name: 'x', scopes: ['read', 'read'] }, 'scopes'],
    [{ name: 'x', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ name: 'x', scopes: ['read'], expiresAt: '2100-01-01T00:00:00Z' }, 'expiresAt'],
  ])('are refused as %j', async (body, path) => {
    const answer = await member.post<Problem>('/api/auth/tokens', body);
    expect([answer.status, answer.body.errors?.map((error) => error.path)]).toEqual([422, [path]]);
  });

  it("of somebody else's are not there", async () => {
    const { body } = await member.post<Created>('/api/auth/tokens', { name: 'mine', scopes: ['read'] });
    expect(await codeOf(admin.delete(`/api/auth/tokens/${body.id}`))).toEqual([404, 'auth.token-not-found']);
    expect((await bearing(api, body.token).get('/api/auth/me')).status).toBe(200);
  });

  it('are given out once for a key, and the kept answer is sealed', async () => {
    const wish = { name: 'once', scopes: ['read'] };
    const key = { 'idempotency-key': 'token-key-1' };
    const [first, second] = [
      await member.post<Created>('/api/auth/tokens', wish, key),
      await member.post<Created>('/api/auth/tokens', wish, key),
    ];
    expect([second.status, second.body]).toEqual([201, first.body]);
    const [row] = await stack.sql<{ text: string }>(
      "SELECT i::text AS text FROM idempotency_keys i WHERE key = 'token-key-1'",
    );
    expect(row?.text).not.toContain(first.body.token);
    const other = await member.post<Problem>('/api/auth/tokens', { ...wish, name: 'other' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency.mismatch']);
  });
});
