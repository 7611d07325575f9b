import { startWorker, type TestApp, itOnRealServers } from '../support/index.js';
import { ended, eventsOf, outputOf, printed, type Problem, start } from './solving.js';
import { type ScriptedStack, startScriptedStack } from './stack-with-script.js';

describe('limits of a solve', () => {
  let on: ScriptedStack;
  let worker: TestApp;

  beforeAll(async () => {
    on = await startScriptedStack({ MAX_OPEN_SOLVES_PER_USER: '3', SOLVER_COMMAND_SECONDS: '5' });
    worker = await startWorker(on.stack, { MAX_CONCURRENT_SOLVES: '2' });
  }, 300_000);

  afterAll(() => on.stack.stop());

  it('V7: pauses after its last step, with the work kept', async () => {
    const wish = on.model.play('steps', 'echo 1 >> README.md', 'echo 2', 'echo 3');
    const { id } = await start(on.member, on.issueId, { ...wish, limits: { steps: 2 } });
    const solve = await ended(on.member, id);
    expect(solve).toMatchObject({ status: 'paused', reason: 'limit.steps', spent: { steps: 2, tokens: 220 } });
    expect(solve.finishedAt).toBeNull();
    expect(solve.diffStat.files).toBe(1);
    expect(outputOf(await eventsOf(on.member, id))).not.toContain('3');
  });

  it('pauses when its money is spent, before it is asked for more', async () => {
    on.model.costUsd = 0.4;
    const { id } = await start(on.member, on.issueId, {
      ...on.model.play('money', 'echo 1', 'echo 2', 'echo 3', 'echo 4'),
      limits: { costUsd: 1 },
    });
    const solve = await ended(on.member, id);
    on.model.costUsd = 0;
    expect(solve).toMatchObject({ status: 'paused', reason: 'limit.cost', spent: { steps: 3 } });
    expect(on.model.asked.filter(({ script }) => script === 'money')).toHaveLength(3);
  });

  it('V3: pauses when its minutes are up, also while the model keeps it waiting', async () => {
    await worker.stop();
    const { id } = await start(on.member, on.issueId, {
      ...on.model.play('time', 'echo begun', { hang: true }),
      limits: { minutes: 1 },
    });
    // Most of its minute has been spent by another worker.
    await on.stack.sql('UPDATE solves SET spent_seconds = 25 WHERE id = $1', [id]);
    worker = await startWorker(on.stack, { MAX_CONCURRENT_SOLVES: '2' });
    expect(await ended(on.member, id)).toMatchObject({ status: 'paused', reason: 'limit.time' });
    expect(outputOf(await eventsOf(on.member, id))).toContain('begun');
  });

  it('grants no more than the deployment allows', async () => {
    const wish = {
      ...on.model.play('greedy', { submit: 'gave_up' }),
      limits: { steps: 5_000, minutes: 9_000, costUsd: 1e6 },
    };
    const { limits, id } = await start(on.member, on.issueId, wish);
    expect(limits).toEqual({ steps: 50, minutes: 30, costUsd: 10 });
    await ended(on.member, id);
  });

  it('V8: refuses a wish that it would not grant', async () => {
    const refused = await on.member.post<Problem>(`/api/issues/${on.issueId}/solves`, { models: ['a/b', 'c/d'] });
    expect(refused.status).toBe(422);
  });

  it('ends a command whose time is up and tells the model so', async () => {
    const { id } = await start(
      on.member,
      on.issueId,
      on.model.play('slow', 'echo begun; sleep 60', { submit: 'gave_up' }),
    );
    await ended(on.member, id);
    expect((await eventsOf(on.member, id)).find(({ type }) => type === 'result')).toMatchObject({ ended: 'timeout' });
    const told = on.model.asked.findLast(({ script }) => script === 'slow')?.messages.at(-1)?.content;
    expect(told).toContain('its time was up');
  });

  itOnRealServers(
    'V3: runs as many at once as all workers together may; the next waits for its turn, the others are refused',
    async () => {
      const other = await startWorker(on.stack, { MAX_CONCURRENT_SOLVES: '2' });
      const wish = on.model.play('waiting', 'echo begun; sleep 500');
      const first = await start(on.member, on.issueId, wish);
      const second = await start(on.member, on.issueId, wish);
      await printed(on.member, first.id, 'begun');
      await printed(on.member, second.id, 'begun');
      const third = await start(on.member, on.issueId, on.model.play('third', { submit: 'gave_up' }));
      expect(third).toMatchObject({ status: 'queued', queue: { position: 1 } });
      expect(third.queue?.etaSeconds).toBeGreaterThan(0);
      const refused = await on.member.post<Problem>(`/api/issues/${on.issueId}/solves`, {});
      expect(refused).toMatchObject({ status: 429, body: { code: 'solver.too-many-open' } });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      const { body: limits } = await on.member.get<{ items: object[] }>('/api/auth/limits');
      expect(limits.items).toContainEqual({ name: 'open-solves', limit: 3, used: 3, reserved: 0, resetsAt: null });
      const activity = await on.member.get<{ items: { kind: string; id: string }[] }>('/api/activity');
      const solves = activity.body.items.filter(({ kind }) => kind === 'solve').map(({ id }) => id);
      expect(new Set(solves)).toEqual(new Set([first.id, second.id, third.id]));
      const running = await on.stack.sql("SELECT 1 FROM solves WHERE status IN ('starting', 'running', 'validating')");
      expect(running).toHaveLength(2);
      await on.member.post(`/api/solves/${first.id}/cancel`, {});
      expect((await ended(on.member, third.id)).reason).toBe('agent.gave-up');
      await on.member.post(`/api/solves/${second.id}/cancel`, {});
      await other.stop();
    },
  );

  it('a stretch of work that takes too long fails, with the work kept', async () => {
    await worker.stop();
    worker = await startWorker(on.stack, { SOLVER_TIMEOUT_SECONDS: '30' });
    const { id } = await start(
      on.member,
      on.issueId,
      on.model.play('stretch', 'echo kept >> README.md', { hang: true }),
    );
    expect(await ended(on.member, id)).toMatchObject({ status: 'failed', reason: 'timeout', diffStat: { files: 1 } });
  });
});
