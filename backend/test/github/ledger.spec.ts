import { randomUUID } from 'node:crypto';
import {
  type ApiClient,
  signIn,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
  type TestApp,
  waitFor,
  itOnRealServers,
} from '../support/index.js';
import { GithubClient } from '../../src/modules/github/api/github-client.js';
import { accountKey } from '../../src/modules/github/api/ledger/keys.js';
import { RateStates } from '../../src/modules/github/api/ledger/rate-state.js';
import { GithubIssues } from '../../src/modules/github/index.js';
import { runInContext } from '../../src/platform/context/request-context.js';
import { MetricsRegistry } from '../../src/platform/metrics/metrics.registry.js';
import { RedisClient } from '../../src/platform/redis/redis.module.js';
import { ForgeControl, type LedgerCall } from './forge-control.js';

interface Failure {
  readonly code: string;
  readonly retryAfterSeconds?: number;
}

describe("the ledger of a token's calls", () => {
  let stack: Stack;
  let api: TestApi;
  let worker: TestApp;
  let forge: ForgeControl;
  let member: ApiClient;
  let userId: string;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
    worker = await startWorker(stack);
    forge = new ForgeControl(stack);
    member = await signIn(api, 'member');
    userId = (await member.get<{ id: string }>('/api/auth/me')).body.id;
  });
  beforeEach(async () => {
    await forge.clear();
    const redis = api.get(RedisClient);
    for (const key of await redis.keys('yudai:github:*')) await redis.del(key);
  });
  afterAll(() => stack.stop());

  const at = { owner: 'acme', repo: 'todo-api' };
  const as = <T>(via: 'cookie' | 'job', work: () => Promise<T>): Promise<T> =>
    runInContext({ requestId: randomUUID(), via }, work);
  const failure = (work: Promise<unknown>): Promise<Failure> =>
    work.then(
      () => ({ code: 'done' }),
      (error: unknown) => error as Failure,
    );
  const read = (app: TestApp, via: 'cookie' | 'job', branch = 'main') =>
    as(via, () => failure(app.get(GithubClient).call(userId, 'getBranch', { ...at, branch })));
  const write = (app: TestApp, title: string) =>
    as('job', () => app.get(GithubIssues).create(userId, at, { title, body: '', labels: [], assignees: [] }));
  const calls = async (path: RegExp): Promise<LedgerCall[]> =>
    (await forge.calls()).filter((call) => path.test(call.path));

  itOnRealServers('writes are a second apart and one at a time, whichever process makes them', async () => {
    await forge.fault('latency', 'POST /repos/.*/issues', { ms: 200, times: 4 });
    await Promise.all([write(api, '1'), write(worker, '2'), write(api, '3'), write(worker, '4')]);
    const ends = (await calls(/\/issues$/)).map((call) => Date.parse(call.at)).sort((a, b) => a - b);
    expect(ends).toHaveLength(4);
    // From the end of one to the end of the next: the pause, and the next one's own 200 ms.
    for (const [n, end] of ends.slice(1).entries()) expect(end - (ends[n] ?? 0)).toBeGreaterThanOrEqual(1_180);
  });

  it('people go before jobs', async () => {
    await forge.fault('latency', 'GET .*/branches/', { ms: 400, times: 100 });
    const jobs = Array.from({ length: 24 }, (_, n) => read(worker, 'job', `job-${n}`));
    await waitFor('the line', async () => (await api.get(RateStates).of(userId)).waiting >= 10);
    await read(api, 'cookie', 'person');
    await Promise.all(jobs);
    const order = (await calls(/branches/)).map(({ path }) => path.split('/').at(-1));
    expect(order).toHaveLength(25);
    expect(order.indexOf('person')).toBeLessThan(17);
  });

  it('a part of the hour is kept for people', async () => {
    const known = { limit: 100, used: 91, resetsAt: Date.now() + 60_000 };
    await api.get(RedisClient).hset(accountKey(userId), known);
    const job = await read(worker, 'job');
    expect([job.code, (await calls(/branches/)).length]).toEqual(['github.rate-limited', 0]);
    expect(job.retryAfterSeconds).toBeGreaterThan(50);
    expect((await read(api, 'cookie')).code).toBe('done');
    await api.get(RedisClient).hset(accountKey(userId), { ...known, used: 100 });
    expect((await read(api, 'cookie')).code).toBe('github.rate-limited');
  });

  it.each(['secondary', 'primary'])('a %s limit holds for every process, until it is over', async (kind) => {
    await forge.fault(kind, 'GET .*/branches/', { retryAfter: 8 });
    const refused = await read(worker, 'job');
    expect(refused.code).toBe('github.rate-limited');
    const answer = await member.get<Failure>('/api/github/repositories/acme/todo-api/issues');
    expect([answer.status, answer.body.code]).toEqual([503, 'github.rate-limited']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect((await failure(write(worker, 'too early'))).code).toBe('github.rate-limited');
    expect(await calls(/\/api\/repos/)).toHaveLength(1);
    const [{ at: begun }] = (await calls(/branches/)) as [LedgerCall];
    await waitFor('the end of the pause', async () => (await read(worker, 'job')).code === 'done');
    const again = (await calls(/branches/)).at(-1)!;
    expect(Date.parse(again.at) - Date.parse(begun)).toBeGreaterThanOrEqual(7_000);
  });

  it('a limit without a time is waited for ever longer', async () => {
    const redis = api.get(RedisClient);
    const waits: number[] = [];
    for (let strike = 0; strike < 3; strike++) {
      await forge.fault('unnamed', 'GET .*/branches/');
      expect((await read(api, 'cookie')).code).toBe('github.rate-limited');
      waits.push(Math.round((Number(await redis.hget(accountKey(userId), 'pausedUntil')) - Date.now()) / 60_000));
      await redis.hdel(accountKey(userId), 'pausedUntil');
    }
    expect(waits).toEqual([1, 2, 4]);
  });

  it('what has not changed is not fetched again, and costs nothing', async () => {
    const list = (app: TestApp) => as('cookie', () => app.get(GithubIssues).recentOpen(userId, at));
    const first = await list(api);
    const used = (await api.get(RateStates).of(userId)).calls?.remaining;
    expect(await list(worker)).toEqual(first);
    expect((await calls(/issues/)).map(({ status }) => status)).toEqual([200, 304]);
    expect((await api.get(RateStates).of(userId)).calls?.remaining).toBe(used);
    await write(worker, 'something new');
    expect(await list(api)).toHaveLength(first.length + 1);
  });

  it('a write is sent once, whatever becomes of it, and stands on the audit trail', async () => {
    const entries = () =>
      stack.sql<{ result: string; reason: string | null; details: Record<string, unknown> }>(
        "SELECT result, reason, details FROM audit_entries WHERE action = 'github.call' ORDER BY seq DESC LIMIT 1",
      );
    const last = async () => (await entries())[0]!;
    await write(worker, 'there');
    expect(await last()).toMatchObject({
      result: 'ok',
      details: {
        endpoint: 'POST /repos/{owner}/{repo}/issues',
        status: 201,
        githubRequestId: expect.stringMatching(/\S{4,}/) as string,
      },
    });
    for (const [kind, code, reason] of [
      ['lost-reply', 'github.unavailable', 'no-answer'],
      ['reset', 'github.unavailable', 'no-answer'],
      ['500', 'github.failed', 'status-500'],
    ] as const) {
      await forge.clear();
      await forge.fault(kind, 'POST /repos/.*/issues');
      expect((await failure(write(worker, kind))).code).toBe(code);
      expect((await calls(/issues$/)).length).toBe(1);
      expect(await last()).toMatchObject({ result: 'error', reason });
    }
  });

  it('can be looked into, and counted', async () => {
    await read(api, 'cookie');
    const [state] = await api.get(RateStates).list();
    expect(state).toMatchObject({ userId, calls: { limit: 15_000 }, paused: null, waiting: 0 });
    const metrics = await api.get(MetricsRegistry).metrics();
    expect(metrics).toMatch(/yudai_github_calls_total\{operation="getBranch",status="200"\} \d+/);
    expect(metrics).toMatch(/yudai_github_limited_total\{why="secondary"\} \d+/);
    expect(metrics).toContain('yudai_github_wait_seconds_bucket');
  });
});
