import { join } from 'node:path';
import { TestProcess } from '../support/child-process.js';
import { anonymous, type Stack, startApi, startStack, type TestApi, waitFor } from '../support/index.js';

interface Readiness {
  readonly status: 'ok' | 'unavailable';
  readonly checks: Readonly<Record<string, { readonly status: 'up' | 'down'; readonly reason?: string }>>;
}

describe('readiness', () => {
  let stack: Stack;
  let redis: TestProcess;
  let api: TestApi;

  beforeAll(async () => {
    stack = await startStack();
    const file = 'backend/src/local/redis/main.ts';
    redis = await TestProcess.start({ file, args: [join(stack.folder, 'own.snapshot')] });
    api = await startApi(stack, { REDIS_URL: `redis://127.0.0.1:${redis.port}` });
  });
  afterAll(async () => {
    await stack.stop();
    await redis.end();
  });

  const look = () => anonymous(api).get<Readiness>('/api/health/ready');
  const down = ({ checks }: Readiness): string[] =>
    Object.entries(checks).flatMap(([name, { status }]) => (status === 'down' ? [name] : []));

  it('names each part that must work', async () => {
    const { status, body } = await look();
    expect(status).toBe(200);
    expect(Object.keys(body.checks).sort()).toEqual(['database', 'migrations', 'model', 'queue', 'redis', 'storage']);
    expect(down(body)).toEqual([]);
  });

  it('says that a migration has not been run, and nothing else', async () => {
    await stack.sql('UPDATE schema_migrations SET name = $1 || name', ['Unknown']);
    const { status, body } = await look();
    await stack.sql('UPDATE schema_migrations SET name = substr(name, 8)');
    expect(status).toBe(503);
    expect(down(body)).toEqual(['migrations']);
    expect(body.checks['migrations']?.reason).toMatch(/^migration \w+ has not been run$/);
  });

  it('names Redis and the queue when Redis is gone; the process still says that it lives', async () => {
    await redis.end('SIGKILL');
    const body = await waitFor('the checks to notice', async () => {
      const answer = await look();
      return answer.status === 503 && answer.body;
    });
    expect(down(body)).toEqual(['redis', 'queue']);
    expect((await anonymous(api).get('/api/health/live')).status).toBe(200);
  });
});
