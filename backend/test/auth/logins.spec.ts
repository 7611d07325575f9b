import {
  anonymous,
  type ApiClient,
  bearing,
  signIn,
  spawnApi,
  type Stack,
  startApi,
  startStack,
  type TestApi,
  waitFor,
} from '../support/index.js';

interface Login {
  readonly id: string;
  readonly current: boolean;
}
interface Problem {
  readonly code: string;
}

/** How long an open stream may outlive its login: far less than the pause between two looks. */
const AT_ONCE_MS = 5_000;

describe('logins', () => {
  let stack: Stack;
  let api: TestApi;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
  });
  afterAll(() => stack.stop());

  const logins = async (client: ApiClient): Promise<Login[]> =>
    (await client.get<{ items: Login[] }>('/api/auth/logins')).body.items;

  interface OpenStream {
    hasEnded: boolean;
  }

  /** An open stream of somebody's, which knows when the server has ended it. */
  async function openStream(client: ApiClient): Promise<OpenStream> {
    const answer = await fetch(`${client.url}/api/events`, { headers: client.headers });
    expect(answer.status).toBe(200);
    const stream = { hasEnded: false };
    void answer.text().then(() => (stream.hasEnded = true));
    return stream;
  }

  const endsAtOnce = (stream: OpenStream): Promise<boolean> =>
    waitFor('the end of the stream', () => stream.hasEnded, AT_ONCE_MS);

  it('signing out ends the login at once, also what is open in another process', async () => {
    const member = await signIn(api, 'member');
    const other = await spawnApi(stack);
    const streams = [await openStream(member), await openStream(member.at(other))];
    const answer = await member.post('/api/auth/logout');
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']?.toString()).toMatch(/^yudai=;/);
    expect((await member.get('/api/auth/me')).status).toBe(401);
    expect((await member.at(other).get('/api/auth/me')).status).toBe(401);
    await Promise.all(streams.map(endsAtOnce));
    expect((await member.post<Problem>('/api/auth/logout')).status).toBe(401);
  });

  it('are listed as devices; one is ended, or every other', async () => {
    const [phone, laptop, desk] = await Promise.all([
      signIn(api, 'member'),
      signIn(api, 'member'),
      signIn(api, 'member'),
    ]);
    const all = await logins(laptop);
    expect(all).toHaveLength(3);
    expect(all.filter(({ current }) => current)).toHaveLength(1);
    expect(JSON.stringify(all)).not.toMatch(/hash|secret/i);
    const [phoneLogin] = (await logins(phone)).filter(({ current }) => current);
    const stream = await openStream(phone);
    expect((await laptop.delete(`/api/auth/logins/${phoneLogin!.id}`)).status).toBe(204);
    await endsAtOnce(stream);
    expect((await phone.get('/api/auth/me')).status).toBe(401);
    expect((await laptop.delete<Problem>(`/api/auth/logins/${phoneLogin!.id}`)).body.code).toBe('auth.login-not-found');
    expect((await laptop.delete('/api/auth/logins')).status).toBe(204);
    expect((await desk.get('/api/auth/me')).status).toBe(401);
    expect(await logins(laptop)).toHaveLength(1);
  });

  it("are nobody else's business", async () => {
    const [member, admin] = await Promise.all([signIn(api, 'member'), signIn(api, 'admin')]);
    const [own] = await logins(member);
    const answer = await admin.delete<Problem>(`/api/auth/logins/${own!.id}`);
    expect([answer.status, answer.body.code]).toEqual([404, 'auth.login-not-found']);
    expect((await admin.delete('/api/auth/logins/no-id')).status).toBe(404);
    expect((await member.get('/api/auth/me')).status).toBe(200);
  });

  it('end by idling and by their age; what is open then ends too', async () => {
    const [idle, old] = await Promise.all([signIn(api, 'member'), signIn(api, 'auditor')]);
    await stack.sql(
      "UPDATE logins SET last_used_at = now() - interval '25 hours' WHERE user_id = (SELECT id FROM users WHERE login = 'member')",
    );
    await stack.sql(
      "UPDATE logins SET expires_at = now() WHERE user_id = (SELECT id FROM users WHERE login = 'auditor')",
    );
    expect((await idle.get('/api/auth/me')).status).toBe(401);
    expect((await old.get('/api/auth/me')).status).toBe(401);
  });

  it('write only for our own page', async () => {
    const member = await signIn(api, 'member');
    const body = { name: 't', scopes: ['read'] };
    const post = (headers: Record<string, string | undefined>): Promise<[number, string]> => {
      const { cookie } = member.headers;
      const sent = Object.fromEntries(
        Object.entries({ cookie, ...headers }).filter(([, value]) => value !== undefined),
      ) as Record<string, string>;
      return anonymous(api)
        .with(sent)
        .post<Problem>('/api/auth/tokens', body)
        .then(({ status, body: problem }) => [status, problem.code]);
    };
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${api.url}.evil.example` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ]) {
      expect([headers, await post(headers)]).toEqual([headers, [403, 'auth.cross-site']]);
    }
    expect((await post({ origin: api.url }))[0]).toBe(201);
    expect((await post({ 'sec-fetch-site': 'same-origin' }))[0]).toBe(201);
    expect((await anonymous(api).with({ cookie: member.headers['cookie']! }).get('/api/auth/me')).status).toBe(200);
  });

  it('are needed: nothing of ours is open to strangers but what says so', async () => {
    const contract = (await anonymous(api).get<{ paths: Record<string, Record<string, unknown>> }>('/api/openapi.json'))
      .body;
    const open: string[] = [];
    for (const [path, methods] of Object.entries(contract.paths)) {
      for (const method of Object.keys(methods)) {
        const url = path.replace(/\{[^}]+\}/g, '0190a0a0-0000-7000-8000-000000000000');
        const { status } = await fetch(`${api.url}${url}`, { method: method.toUpperCase(), redirect: 'manual' });
        if (status !== 401) open.push(`${method.toUpperCase()} ${path}`);
      }
    }
    // The webhook is closed by its signature: 401 as well.
    expect(open.sort()).toEqual([
      'GET /api/auth/callback',
      'GET /api/auth/login',
      'GET /api/health/live',
      'GET /api/health/ready',
      'GET /api/openapi.json',
    ]);
  });

  it('API tokens end at once, too', async () => {
    const member = await signIn(api, 'member');
    const { body } = await member.post<{ id: string; token: string }>('/api/auth/tokens', {
      name: 'program',
      scopes: ['read'],
    });
    const stream = await openStream(bearing(api, body.token));
    expect((await member.delete(`/api/auth/tokens/${body.id}`)).status).toBe(204);
    await endsAtOnce(stream);
    expect((await bearing(api, body.token).get('/api/auth/me')).status).toBe(401);
  });
});
