import {
  anonymous,
  type ApiClient,
  signIn,
  spawnApi,
  type Stack,
  startApi,
  startStack,
  type TestApi,
  itOnRealServers,
} from '../support/index.js';
import { takeUpIssue } from '../solver/solving.js';
import { RedisClient } from '../../src/platform/redis/redis.module.js';

interface Problem {
  readonly code: string;
}

describe('limits', () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  let admin: ApiClient;
  beforeAll(async () => {
    stack = await startStack({
      forge: true,
      env: { LIMIT_DEFAULT: '8', LIMIT_REPOSITORIES: '3', LIMIT_SIGN_IN: '12' },
    });
    api = await startApi(stack);
    [member, admin] = [await signIn(api, 'member'), await signIn(api, 'admin')];
  });
  beforeEach(async () => {
    const redis = api.get(RedisClient);
    for (const key of await redis.keys('yudai:limit:*')) await redis.del(key);
  });
  afterAll(() => stack.stop());

  const statuses = async (count: number, call: () => Promise<{ status: number }>): Promise<number[]> => {
    const all: number[] = [];
    for (let n = 0; n < count; n++) all.push((await call()).status);
    return all;
  };
  const used = async (name: string): Promise<number | undefined> =>
    (await member.get<{ items: { name: string; used: number }[] }>('/api/auth/limits')).body.items.find(
      (item) => item.name === name,
    )?.used;

  it('stop a user who asks too often, not the others, and say when to come back', async () => {
    expect(await statuses(10, () => member.get('/api/auth/me'))).toEqual([...Array<number>(8).fill(200), 429, 429]);
    const answer = await member.get<Problem>('/api/auth/me');
    expect(answer.body.code).toBe('rate-limited');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await admin.get('/api/auth/me')).status).toBe(200);
  });

  it('are counted by what is asked for', async () => {
    expect(await statuses(4, () => member.get('/api/github/repositories'))).toEqual([200, 200, 200, 429]);
    expect((await member.get('/api/auth/me')).status).toBe(200);
    expect(await used('repositories')).toBe(3);
  });

  it('are not used up by what is refused', async () => {
    for (let n = 0; n < 12; n++) {
      expect((await member.post('/api/auth/tokens', { name: '' })).status).toBe(422);
      expect((await member.get('/api/sessions/no-id')).status).toBe(404);
      expect((await member.with({ origin: 'https://evil.example' }).post('/api/sessions', {})).status).toBe(403);
    }
    expect(await used('default')).toBe(1);
  });

  itOnRealServers('hold across processes', async () => {
    const other = await spawnApi(stack);
    const calls = Array.from({ length: 16 }, (_, n) => (n % 2 ? member : member.at(other)).get('/api/auth/me'));
    expect((await Promise.all(calls)).filter(({ status }) => status === 200)).toHaveLength(8);
    await other.process.end();
  });

  it('stop strangers by their address at the doors that are open', async () => {
    const all = await statuses(14, () => anonymous(api).get('/api/auth/login'));
    expect(all).toEqual([...Array<number>(12).fill(302), 429, 429]);
    expect((await anonymous(api).get('/api/health/live')).status).toBe(200);
    const forged = await anonymous(api).get('/api/auth/login', { 'x-forwarded-for': '203.0.113.9' });
    expect(forged.status).toBe(429);
  });

  it('believe the proxy about addresses where there is one', async () => {
    const behind = await spawnApi(stack, { TRUST_PROXY: 'loopback' });
    const from = (address: string) =>
      statuses(13, () => anonymous(behind).get('/api/auth/login', { 'x-forwarded-for': address }));
    expect((await from('203.0.113.1')).at(-1)).toBe(429);
    expect((await from('203.0.113.2'))[0]).toBe(302);
    await behind.process.end();
  });

  it('tell how they stand, with every answer: as the current draft has it, and as clients know it', async () => {
    await member.get('/api/auth/me');
    const { headers } = await member.get('/api/auth/me');
    expect(headers['ratelimit-policy']).toBe('"default";q=8;w=60, "default-address";q=160;w=60');
    expect(headers['ratelimit']).toMatch(/^"default";r=6;t=\d+, "default-address";r=158;t=\d+$/);
    expect(headers).toMatchObject({ 'ratelimit-limit': '8', 'ratelimit-remaining': '6' });
    expect(Number(headers['ratelimit-reset'])).toBeLessThanOrEqual(60);
    // What is refused later is not counted, and the headers say so.
    const refused = await member.post('/api/auth/tokens', { name: '' });
    expect(refused).toMatchObject({ status: 422, headers: { 'ratelimit-remaining': '6' } });
    await statuses(6, () => member.get('/api/auth/me'));
    const last = await member.get('/api/auth/me');
    expect(last).toMatchObject({ status: 429, headers: { 'ratelimit-remaining': '0' } });
    expect(last.headers['retry-after']).toBe(last.headers['ratelimit-reset']);
    expect(last.headers['ratelimit']).toMatch(/^"default";r=0;t=\d+$/);
  });

  it('are told before what is wrong with a request', async () => {
    await statuses(8, () => member.get('/api/auth/me'));
    expect((await member.post('/api/auth/tokens', { name: '' })).status).toBe(429);
    expect((await member.get('/api/sessions/no-id')).status).toBe(404);
  });

  it('hold for an address too, whoever asks from there; who is stopped there has used nothing of their own', async () => {
    const narrow = await spawnApi(stack, { LIMIT_ADDRESS_FACTOR: '1', TRUST_PROXY: 'loopback' });
    const from = (client: ApiClient, address: string) => (): Promise<{ status: number }> =>
      client.at(narrow).get('/api/auth/me', { 'x-forwarded-for': address });
    expect(await statuses(5, from(member, '203.0.113.1'))).toEqual(Array<number>(5).fill(200));
    expect(await statuses(5, from(admin, '203.0.113.1'))).toEqual([200, 200, 200, 429, 429]);
    expect(await statuses(6, from(admin, '203.0.113.2'))).toEqual([...Array<number>(5).fill(200), 429]);
    // A network of IPv6 is one place, however many addresses it has.
    expect(await statuses(3, from(member, '2001:db8:0:1::1'))).toEqual([200, 200, 200]);
    expect((await from(await signIn(api, 'auditor'), '2001:db8:0:1::2')()).status).toBe(200);
    const redis = api.get(RedisClient);
    expect(await redis.get('yudai:limit:default-address:2001:db8:0:1::/64')).toBe('4');
    await narrow.process.end();
  });

  it('stop an account that signs in again and again, from wherever', async () => {
    const behind = await spawnApi(stack, { TRUST_PROXY: 'loopback', LIMIT_SIGN_IN: '12' });
    const redis = api.get(RedisClient);
    const { body } = await member.get<{ id: string }>('/api/auth/me');
    const [user] = await stack.sql<{ github_id: string }>('SELECT github_id FROM users WHERE id = $1', [body.id]);
    await signIn(behind, 'member');
    const key = `yudai:limit:sign-in-account:${user?.github_id ?? ''}`;
    expect(await redis.get(key)).toBe('1');
    await redis.set(key, '12', 'EX', 30);
    await expect(signIn(behind, 'member')).rejects.toThrow('429');
    await signIn(behind, 'admin');
    await behind.process.end();
  });

  it.each([
    ['repositories', 'GET', '/api/github/repositories'],
    ['chat', 'POST', '/api/sessions/SESSION/messages'],
    ['search', 'POST', '/api/sessions/SESSION/search'],
    ['draft', 'POST', '/api/sessions/SESSION/issues'],
    ['publish', 'POST', '/api/issues/ISSUE/publish'],
    ['solve', 'POST', '/api/issues/ISSUE/solves'],
  ])('of %s are its own', async (name, method, path) => {
    const redis = api.get(RedisClient);
    const { sessionId, issueId } = await takeUpIssue(admin);
    const { body } = await admin.get<{ id: string }>('/api/auth/me');
    const at = path.replace('SESSION', sessionId).replace('ISSUE', issueId);
    const call = () => (method === 'GET' ? admin.get<Problem>(at) : admin.post<Problem>(at, {}));
    expect((await call()).headers['ratelimit-policy']).toMatch(new RegExp(`^"${name}";q=\\d+;w=60, "${name}-address"`));
    await redis.set(`yudai:limit:${name}:${body.id}`, '1000000', 'EX', 30);
    expect(await call()).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
    expect((await admin.get('/api/auth/me')).status).toBe(200);
  });
});
