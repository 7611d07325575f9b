import { AuditVerifier } from '../../src/modules/audit/index.js';
import { Verifications } from '../../src/modules/audit/verification/verifications.js';
import { AnchorTask } from '../../src/modules/audit/jobs/anchor.task.js';
import {
  type ApiClient,
  signIn,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
  waitFor,
} from '../support/index.js';

interface Entry {
  readonly action: string;
  readonly actor: { readonly login: string };
  readonly details: Record<string, unknown>;
}

describe('asking for the trail', () => {
  let stack: Stack;
  let api: TestApi;
  let auditor: ApiClient;
  let admin: ApiClient;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
    [auditor, admin] = await Promise.all([signIn(api, 'auditor'), signIn(api, 'admin')]);
  });
  afterAll(() => stack.stop());

  it('is not called intact before it was anchored outside of the database', async () => {
    const { body } = await auditor.get('/api/audit/verify');
    expect(body).toMatchObject({ intact: false, anchor: { state: 'missing' } });
    expect(body).not.toHaveProperty('firstBroken');
    const worker = await startWorker(stack);
    await worker.get(AnchorTask).note();
    await worker.stop();
    expect((await auditor.get('/api/audit/verify')).body).toMatchObject({ intact: true, anchor: { state: 'match' } });
  });

  it('comes with its progress to whoever takes a stream', async () => {
    const verdict = slowed(api);
    const events: { event: string; data: unknown }[] = [];
    for await (const { event, data } of auditor.stream('/api/audit/verify')) {
      events.push({ event, data });
      if (events.length === 2) verdict.end();
    }
    expect(events.slice(0, 2)).toEqual([
      { event: 'progress', data: { checked: 1, total: 2 } },
      { event: 'progress', data: { checked: 1, total: 2 } },
    ]);
    expect(events.at(-1)).toEqual({ event: 'done', data: verdict.is });
    verdict.restore();
  });

  it('is computed once at a time, for all who ask, and not for nobody', async () => {
    const verdict = slowed(api);
    const gone = new AbortController();
    const leaving = auditor.stream('/api/audit/verify', { signal: gone.signal }).next();
    const answers = [auditor.get('/api/audit/verify'), admin.get('/api/audit/verify')];
    await leaving;
    await waitFor('both', () => verdict.listeners() === 3);
    gone.abort();
    await waitFor('the one who left', () => verdict.listeners() === 2);
    verdict.end();
    expect((await Promise.all(answers)).map(({ body }) => body)).toEqual([verdict.is, verdict.is]);
    expect(verdict.begun()).toBe(1);
    verdict.restore();

    const unwanted = slowed(api);
    const alone = new AbortController();
    await auditor.stream('/api/audit/verify', { signal: alone.signal }).next();
    alone.abort();
    await waitFor('it to be given up', () => unwanted.stopped());
    unwanted.restore();
  });

  it('is on the trail: once for a person, a filter and ten minutes', async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => auditor.get(`/api/audit/entries?action=login.start&limit=${n + 1}`)),
    );
    const { body } = await auditor.get<{ nextCursor: string }>('/api/audit/entries?action=login.start&limit=1');
    await auditor.get(`/api/audit/entries?action=login.start&limit=1&cursor=${body.nextCursor}`);
    await admin.get('/api/audit/entries?action=login.start');
    await auditor.get('/api/audit/entries?action=login.end');
    const read = (await admin.get<{ items: Entry[] }>('/api/audit/entries?action=audit.read&limit=100')).body.items;
    const of = (login: string, action: string): Entry[] =>
      read.filter((entry) => entry.actor.login === login && entry.details['action'] === action);
    // Unless ten minutes ended in between.
    expect([1, 2]).toContain(of('auditor', 'login.start').length);
    expect([of('admin', 'login.start').length, of('auditor', 'login.end').length]).toEqual([1, 1]);
  });

  it('is in the chain a moment after the act, numbered without a gap, however many act at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => auditor.post('/api/auth/tokens', { name: `t${n}`, scopes: ['read'] })),
    );
    await waitFor('every seal', async () => {
      const [row] = await stack.sql<{ open: number }>(
        'SELECT count(*)::int AS open FROM audit_entries WHERE seq IS NULL',
      );
      return row?.open === 0;
    });
    const [row] = await stack.sql<{ n: number; last: number }>(
      'SELECT count(*)::int AS n, max(seq)::int AS last FROM audit_entries',
    );
    expect(row?.n).toBe(row?.last);
  });

  it('never calls intact what somebody without the key has put there to be sealed', async () => {
    await auditor.get('/api/audit/verify');
    const [head] = await stack.sql<{ seq: string }>('SELECT seq FROM audit_head');
    await stack.sql(
      `INSERT INTO audit_entries (id, at, actor_type, action, target_type, result, via, details, prev_hash, hash)
         VALUES (gen_random_uuid(), now(), 'system', 'made.up', 'x', 'ok', 'job', '{}', '', repeat('a', 64))`,
    );
    expect((await auditor.get('/api/audit/verify')).body).toMatchObject({
      intact: false,
      firstBroken: Number(head?.seq) + 1,
      reason: 'content',
    });
  });
});

/** A verification that takes as long as the test wants. */
function slowed(api: TestApi) {
  const is = { intact: true, checked: 2, anchor: { state: 'match' as const } };
  const verifier = api.get(AuditVerifier);
  let end: () => void = () => undefined;
  let [begun, isStopped] = [0, false];
  const ended = new Promise<void>((resolve) => (end = resolve));
  const spy = jest.spyOn(verifier, 'verify').mockImplementation(async ({ onProgress, signal } = {}) => {
    begun++;
    onProgress?.({ checked: 1, total: 2 });
    signal?.addEventListener('abort', () => (isStopped = true));
    await ended;
    return is;
  });
  const listeners = (): number =>
    (api.get(Verifications) as unknown as { running?: { listeners: number } }).running?.listeners ?? 0;
  return { is, end, begun: () => begun, stopped: () => isStopped, listeners, restore: () => spy.mockRestore() };
}
