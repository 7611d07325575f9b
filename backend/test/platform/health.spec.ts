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
import { SCHEMA_VERSION } from '../../src/platform/database/schema-version.js';
import { Proxy } from './proxy.js';

interface Readiness {
  readonly status: string;
  readonly checks: Record<string, { status: string; reason?: string }>;
}

describe('health', () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  let token: ApiClient;
  let database: Proxy;
  let redis: Proxy;
  beforeAll(async () => {
    stack = await startStack({ forge: true, model: true });
    const [toDatabase, toRedis] = await Promise.all([Proxy.to(stack.databaseUrl), Proxy.to(stack.redisUrl)]);
    [database, redis] = [toDatabase.proxy, toRedis.proxy];
    stack.onStop(() => Promise.all([database.close(), redis.close()]));
    api = await startApi(stack, { DATABASE_URL: toDatabase.url, REDIS_URL: toRedis.url });
    member = await signIn(api, 'member');
    const { body } = await member.post<{ token: string }>('/api/auth/tokens', { name: 't', scopes: ['read'] });
    token = bearing(api, body.token);
  });
  afterAll(() => stack.stop());

  const ready = async (): Promise<[number, Readiness]> => {
    const { status, body } = await anonymous(api).get<Readiness>('/api/health/ready');
    return [status, body];
  };
  const down = ([, { checks }]: [number, Readiness]): string[] =>
    Object.entries(checks)
      .filter(([, { status }]) => status === 'down')
      .map(([name]) => name)
      .sort();

  it('names each part when all is well', async () => {
    const [status, { checks }] = await ready();
    expect([status, Object.keys(checks)]).toEqual([
      200,
      expect.arrayContaining(['database', 'migrations', 'redis', 'queue', 'storage', 'model', 'github', 'llm']),
    ]);
    expect(Object.values(checks).every((check) => check.status === 'up')).toBe(true);
  });

  it('D13: names the database when it is down, is ready again when it is back; the process lives all the while', async () => {
    database.cut();
    const answer = await ready();
    expect([answer[0], answer[1].status, down(answer)]).toEqual([503, 'unavailable', ['database', 'migrations']]);
    expect(answer[1].checks['database']?.reason).toBe('the database does not answer');
    expect(JSON.stringify(answer[1])).not.toMatch(/127\.0\.0\.1|password|ECONN/);
    expect((await anonymous(api).get('/api/health/live')).status).toBe(200);
    const failed = await token.get<{ code: string }>('/api/auth/me');
    expect(failed.status).toBeGreaterThanOrEqual(500);
    expect(failed.text).not.toMatch(/ECONN|Connection terminated|stack/);
    database.mend();
    await waitFor('readiness', async () => (await ready())[0] === 200);
    expect((await token.get('/api/auth/me')).status).toBe(200);
  });

  it('names Redis when it is down; who is signed in stays so, and work is not lost', async () => {
    redis.cut();
    const answer = await ready();
    expect(answer[0]).toBe(503);
    expect(down(answer)).toEqual(['queue', 'redis']);
    expect((await member.get('/api/auth/me')).status).toBe(200);
    redis.mend();
    await waitFor('readiness', async () => (await ready())[0] === 200);
  });

  it('names a migration that has not been run', async () => {
    await stack.sql('DELETE FROM schema_migrations WHERE name = $1', [SCHEMA_VERSION]);
    const answer = await ready();
    expect([answer[0], down(answer), answer[1].checks['migrations']?.reason]).toEqual([
      503,
      ['migrations'],
      `migration ${SCHEMA_VERSION} has not been run`,
    ]);
    await stack.sql('INSERT INTO schema_migrations (timestamp, name) VALUES ($1, $2)', [
      Number(/\d+$/.exec(SCHEMA_VERSION)?.[0]),
      SCHEMA_VERSION,
    ]);
    expect((await ready())[0]).toBe(200);
  });

  it('the newest migration is the one that the build asks for', async () => {
    const rows = await stack.sql<{ name: string }>(
      'SELECT name FROM schema_migrations ORDER BY timestamp DESC LIMIT 1',
    );
    expect(rows).toEqual([{ name: SCHEMA_VERSION }]);
  });

  it('the contract is public, its viewer only where it is switched on', async () => {
    expect((await anonymous(api).get('/api/openapi.json')).status).toBe(200);
    expect((await anonymous(api).get('/api/docs')).status).toBe(404);
    const open = await spawnApi(stack, { API_DOCS: 'true' });
    expect((await anonymous(open).get('/api/docs')).status).toBe(200);
    await open.process.end();
  });
});
