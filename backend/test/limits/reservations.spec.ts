import { Spending } from '../../src/modules/auth/budgets/spending.js';
import { SweeperTask } from '../../src/modules/auth/jobs/sweeper.task.js';
import type { DomainError } from '../../src/platform/errors/domain-error.js';
import {
  type ApiClient,
  itOnRealServers,
  signIn,
  spawnApi,
  startApi,
  startWorker,
  type TestApi,
} from '../support/index.js';
import { expected } from '../sessions/workspace.js';
import { ended, printed, start } from '../solver/solving.js';
import { type ScriptedStack, startScriptedStack } from '../solver/stack-with-script.js';
import { idOf, limitOf, setLimits } from './budgeting.js';

const CALL = { model: 'local/stand-in', tokens: 100, costUsd: 0.01 };

let on: ScriptedStack;
let admin: ApiClient;
let memberId: string;
let second: TestApi;

beforeAll(async () => {
  on = await startScriptedStack();
  admin = await signIn(on.api, 'admin');
  memberId = await idOf(on.member);
  second = await startApi(on.stack);
}, 300_000);
afterAll(() => on.stack.stop());
afterEach(async () => {
  await on.stack.sql('DELETE FROM usage_reservations');
  await on.stack.sql('DELETE FROM usage_days');
  for (const whose of ['deployment', { userId: memberId }] as const) {
    await expected(200, setLimits(admin, whose, { 'tokens-per-day': 'standard', 'usd-per-month': 'standard' }));
  }
});

const payer = (userId: string) => ({ userId, kind: 'chat', ref: userId, repository: 'acme/todo-api' }) as const;

/** Reserves many times at once, from two applications with connections of their own. */
async function reserve(count: number, userIds: readonly string[]): Promise<{ held: string[]; refused: DomainError[] }> {
  const places = [on.api.get(Spending), second.get(Spending)] as const;
  const all = await Promise.allSettled(
    Array.from({ length: count }, (_, n) =>
      places[n % 2 === 0 ? 0 : 1].reserve(payer(userIds[n % userIds.length] ?? ''), CALL),
    ),
  );
  return {
    held: all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
    refused: all.flatMap((each) => (each.status === 'rejected' ? [each.reason as DomainError] : [])),
  };
}

describe('what is set aside', () => {
  itOnRealServers('never exceeds the budget of a user, with 50 calls at once from two applications', async () => {
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': 1_050 });
    for (let round = 0; round < 5; round++) {
      const { held, refused } = await reserve(50, [memberId]);
      expect([held.length, refused.length]).toEqual([10, 40]);
      expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['auth.budget-exceeded']));
      expect(await limitOf(on.member, 'tokens-per-day')).toMatchObject({ used: 0, reserved: 1_000 });
      await on.stack.sql('DELETE FROM usage_reservations');
    }
  });

  itOnRealServers('never exceeds the budget of the deployment, whoever calls', async () => {
    await setLimits(admin, 'deployment', { 'usd-per-month': 0.2 });
    const { held, refused } = await reserve(50, [memberId, await idOf(admin)]);
    expect([held.length, refused.length]).toEqual([20, 30]);
    expect(refused[0]?.budget).toMatchObject({ scope: 'deployment', name: 'usd-per-month', limit: 0.2 });
  });

  it('becomes what was used when it is settled, and nothing when it is given back', async () => {
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': 1_000 });
    const spending = on.api.get(Spending);
    const { held } = await reserve(4, [memberId]);
    const [first = '', other = ''] = held;
    await spending.settle(first, payer(memberId), { tokens: 40, costUsd: 0.002 });
    await spending.release(other);
    expect(await limitOf(on.member, 'tokens-per-day')).toMatchObject({ used: 40, reserved: 200 });
    expect((await limitOf(on.member, 'usd-per-month')).used).toBeCloseTo(0.002, 6);
    await on.stack.sql("UPDATE usage_days SET day = day - 1 WHERE to_char(day, 'DD') <> '01'");
    const [today] = await on.stack.sql<{ day: string }>("SELECT to_char(now() AT TIME ZONE 'UTC', 'DD') AS day");
    // Yesterday's tokens do not count today; yesterday's dollars count for the month.
    if (today?.day !== '01') expect(await limitOf(on.member, 'tokens-per-day')).toMatchObject({ used: 0 });
    expect((await limitOf(on.member, 'usd-per-month')).used).toBeCloseTo(0.002, 6);
  });

  it('is told apart from what is used up: it is worth trying again soon', async () => {
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': 150 });
    await reserve(1, [memberId]);
    const { refused } = await reserve(1, [memberId]);
    expect(refused[0]?.retryAfterSeconds).toBeLessThanOrEqual(10);
    await on.stack.sql('DELETE FROM usage_reservations');
    await on.api
      .get(Spending)
      .settle('00000000-0000-7000-8000-000000000000', payer(memberId), { tokens: 140, costUsd: 0 });
    const { refused: again } = await reserve(1, [memberId]);
    expect(again[0]?.budget?.used).toBe(140);
    const midnight = Date.parse(again[0]?.budget?.resetsAt ?? '');
    expect(new Date(midnight).toISOString()).toMatch(/T00:00:00\.000Z$/);
    expect(Math.abs((again[0]?.retryAfterSeconds ?? 0) - (midnight - Date.now()) / 1_000)).toBeLessThan(5);
  });

  it('ends with its lease, and is swept away', async () => {
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': 150 });
    const { held } = await reserve(1, [memberId]);
    expect((await reserve(1, [memberId])).held).toEqual([]);
    await on.stack.sql("UPDATE usage_reservations SET lease_until = now() - interval '1 second'");
    expect(await limitOf(on.member, 'tokens-per-day')).toMatchObject({ reserved: 0 });
    expect((await reserve(1, [memberId])).held).toHaveLength(1);
    await on.stack.sql("UPDATE usage_reservations SET lease_until = now() - interval '5 minutes' WHERE id = $1", held);
    const worker = await startWorker(on.stack);
    await worker.get(SweeperTask).sweep();
    expect(await on.stack.sql('SELECT 1 FROM usage_reservations WHERE id = $1', held)).toEqual([]);
    await worker.stop();
  });
});

describe('a solve', () => {
  it('pays for each step, pauses with its work kept when the budget has no room, and says why', async () => {
    const worker = await startWorker(on.stack);
    const wish = on.model.play('budget', 'echo one', 'echo kept >> README.md; echo two; sleep 10', 'echo never');
    const { id } = await start(on.member, on.issueId, wish);
    await printed(on.member, id, 'two');
    expect(await limitOf(on.member, 'tokens-per-day')).toMatchObject({ used: 220, reserved: 0 });
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': 5_000 });
    const solve = await ended(on.member, id);
    expect(solve).toMatchObject({ status: 'paused', reason: 'limit.budget', diffStat: { files: 1 } });
    expect(solve.detail).toContain('5000 tokens a day');
    expect(solve.spent.tokens).toBe(220);
    const rows = await on.stack.sql(
      'SELECT kind, sum(tokens)::int AS tokens, min(repository) AS repository FROM usage_ledger WHERE ref = $1 GROUP BY 1',
      [id],
    );
    expect(rows).toEqual([{ kind: 'solve', tokens: 220, repository: 'acme/todo-api' }]);
    await worker.stop();
  });

  itOnRealServers(
    'takes a place: of 50 that are started at once as many as may be open, from two processes',
    async () => {
      await expected(200, setLimits(admin, { userId: memberId }, { 'open-solves': 7 }));
      await on.stack.sql("UPDATE solves SET status = 'cancelled'");
      const other = await spawnApi(on.stack);
      const calls = Array.from({ length: 50 }, (_, n) =>
        (n % 2 ? on.member : on.member.at(other)).post(`/api/issues/${on.issueId}/solves`, {}),
      );
      const statuses = (await Promise.all(calls)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 202)).toHaveLength(7);
      expect(statuses.filter((status) => status === 429)).toHaveLength(43);
      await other.process.end();
      await setLimits(admin, 'deployment', { 'concurrent-solves': 0 });
      const worker = await startWorker(on.stack);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect(await on.stack.sql("SELECT 1 FROM solves WHERE status NOT IN ('queued', 'cancelled')")).toEqual([]);
      await worker.stop();
    },
  );
});
