import {
  anonymous,
  type ApiClient,
  signIn,
  spawnApi,
  type Stack,
  startApi,
  startStack,
  type TestApi,
} from '../support/index.js';
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

  it('hold across processes', async () => {
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
});
