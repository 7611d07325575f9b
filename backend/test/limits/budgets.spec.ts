import { RedisClient } from '../../src/platform/redis/redis.module.js';
import { type ApiClient, endLeases, spawnApi, spawnWorker, type StreamEvent, waitFor } from '../support/index.js';
import {
  ask,
  ended,
  expected,
  openReadSession,
  say,
  type Sent,
  startWorkspace,
  type Workspace,
} from '../sessions/workspace.js';
import { takeUpIssue } from '../solver/solving.js';
import { type BudgetProblem, idOf, limitOf, setLimits } from './budgeting.js';

const PRICED = 'local/stand-in-priced';
/** Room for a call to be begun, not for a prompt with its answer. */
const TOO_LITTLE = 2_000;

let workspace: Workspace;
let member: ApiClient;
let admin: ApiClient;
let memberId: string;
let sessionId: string;
let issueId: string;

beforeAll(async () => {
  workspace = await startWorkspace({ env: { LLM_MODEL: PRICED } });
  await workspace.repository('shop', { 'src/money.js': 'export const total = 1;\n' });
  [member, admin] = [await workspace.as('member'), await workspace.as('admin')];
  memberId = await idOf(member);
  sessionId = (await openReadSession(member, 'shop')).id;
  issueId = (await takeUpIssue(member)).issueId;
}, 300_000);
afterAll(() => workspace.stop());

const UNLIMITED = { 'tokens-per-day': 'standard', 'usd-per-month': 'standard' } as const;

afterEach(async () => {
  await expected(200, setLimits(admin, { userId: memberId }, UNLIMITED));
  await expected(200, setLimits(admin, 'deployment', UNLIMITED));
});

const rowsOf = async (table: string): Promise<number> =>
  (await workspace.stack.sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n ?? 0;
const settled = () => waitFor('nothing reserved', async () => (await rowsOf('usage_reservations')) === 0);
const tokens = () => limitOf(member, 'tokens-per-day');
const dollars = () => limitOf(member, 'usd-per-month');

describe('an answer', () => {
  it('holds the most that it may take while it is written, and has used what it took when it is there', async () => {
    const [tokensBefore, dollarsBefore] = [await tokens(), await dollars()];
    await workspace.spoil({ kind: 'slow', ms: 100 });
    const { answer } = await say(member, sessionId, 'What is the total?');
    const held = await waitFor('a reservation', async () => {
      const now = await tokens();
      return now.reserved > 0 && now;
    });
    expect(held.used).toBe(tokensBefore.used);
    expect(held.reserved).toBeGreaterThan(4_096);
    expect((await dollars()).reserved).toBeGreaterThan(4_096 * 0.000_04);
    const { tokens: took, cost } = await ended(member, sessionId, answer.id);
    const total = (took.prompt ?? 0) + (took.completion ?? 0);
    expect(await tokens()).toMatchObject({ used: tokensBefore.used + total, reserved: 0 });
    const dollarsAfter = await dollars();
    expect(dollarsAfter.reserved).toBe(0);
    expect(dollarsAfter.used).toBeCloseTo(dollarsBefore.used + (cost ?? 0), 6);
    expect(cost).toBeCloseTo((took.prompt ?? 0) * 0.000_01 + (took.completion ?? 0) * 0.000_04, 6);
    expect(held.reserved).toBeGreaterThan(total);
  });

  it('uses nothing when the model fails before its first word', async () => {
    const before = await tokens();
    await workspace.spoil({ kind: 'error' });
    expect(await ask(member, sessionId, 'And now?')).toMatchObject({ status: 'failed' });
    await settled();
    expect(await tokens()).toMatchObject({ used: before.used, reserved: 0 });
  });

  it('uses what was counted when the model breaks off in the middle', async () => {
    const before = await tokens();
    await workspace.spoil({ kind: 'cut', after: 3 });
    const answer = await ask(member, sessionId, 'Where is the total?');
    expect(answer).toMatchObject({ status: 'failed', error: { code: 'llm.interrupted' } });
    const total = (answer.tokens.prompt ?? 0) + (answer.tokens.completion ?? 0);
    expect(total).toBeGreaterThan(0);
    expect(answer.cost).toBeGreaterThan(0);
    expect(await tokens()).toMatchObject({ used: before.used + total, reserved: 0 });
  });

  it('that has no room any more fails with the reason, and costs nothing', async () => {
    const before = await tokens();
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': before.used + TOO_LITTLE });
    const { answer } = await say(member, sessionId, 'Why?');
    expect(await ended(member, sessionId, answer.id)).toMatchObject({
      status: 'failed',
      error: { code: 'auth.budget-exceeded' },
      tokens: { prompt: 0 },
    });
    // Who reads along hears the reason: as `error`, or as what is stored when the stream is over already.
    const events: StreamEvent[] = [];
    const path = `/api/sessions/${sessionId}/messages/${answer.id}/stream`;
    for await (const event of member.stream(path)) events.push(event);
    expect(JSON.stringify(events.at(-1)?.data)).toContain('"auth.budget-exceeded"');
    expect(await tokens()).toMatchObject({ used: before.used, reserved: 0 });
  });

  it('whose worker is killed holds its budget until the lease ends, and then nobody does', async () => {
    await workspace.worker.end('SIGKILL');
    const worker = await spawnWorker(workspace.stack);
    const before = await tokens();
    await workspace.spoil({ kind: 'hang', after: 1, match: 'killed' });
    const { answer } = await say(member, sessionId, 'Who was killed?');
    await waitFor('a reservation', async () => (await tokens()).reserved > 0);
    // It is reserved before the model is asked: a fault that nobody has met yet would wait for the next question.
    await waitFor('the model to be asked', async () => (await workspace.lastPrompt()).includes('Who was killed?'));
    await worker.end('SIGKILL');
    expect((await tokens()).reserved).toBeGreaterThan(0);
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': before.used + 6_000 });
    const refused = await member.post<BudgetProblem>(`/api/sessions/${sessionId}/messages/${answer.id}/stop`, {});
    expect(refused.status).toBe(200);
    // A minute goes by.
    await workspace.stack.sql("UPDATE usage_reservations SET lease_until = lease_until - interval '2 minutes'");
    expect(await tokens()).toMatchObject({ used: before.used, reserved: 0 });
    await endLeases(workspace.stack, 'messages');
    await spawnWorker(workspace.stack);
    await settled();
    await ended(member, sessionId, answer.id);
  });
});

describe('over budget', () => {
  const refused = async (): Promise<void> => {
    const path = `/api/sessions/${sessionId}/messages`;
    const said = await rowsOf('messages');
    // A minute that began with an earlier question could end in between.
    await workspace.api.get(RedisClient).set(`yudai:limit:chat:${memberId}`, 3, 'EX', 60);
    const chat = await limitOf(member, 'chat');
    const answers = [
      await member.post<BudgetProblem>(path, { text: 'x', clientMessageId: 'over' }),
      await member.post<BudgetProblem>(`/api/sessions/${sessionId}/issues`, { instructions: 'x' }),
      await member.post<BudgetProblem>(`/api/issues/${issueId}/redraft`, { instructions: 'x' }),
      await member.post<BudgetProblem>(`/api/issues/${issueId}/solves`, {}),
      // 429 comes before 422.
      await member.post<BudgetProblem>(path, {}),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, body.code]).toEqual([429, 'auth.budget-exceeded']);
      const reset = Date.parse(body.budget?.resetsAt ?? '');
      expect(Number(headers['retry-after']) * 1_000).toBeLessThanOrEqual(reset - Date.now() + 2_000);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(await rowsOf('messages')).toBe(said);
    expect(await limitOf(member, 'chat')).toMatchObject({ used: chat.used });
  };

  it.each(['tokens-per-day', 'usd-per-month'] as const)(
    'of %s nothing is begun, and the refusal uses up nothing',
    async (name) => {
      await ask(member, sessionId, 'A word?');
      const { used } = await limitOf(member, name);
      await setLimits(admin, { userId: memberId }, { [name]: used });
      await refused();
      const { body } = await member.post<BudgetProblem>(`/api/sessions/${sessionId}/messages`, {});
      expect(body.budget).toMatchObject({ name, scope: 'user', limit: used, used, reserved: 0 });
      const { resetsAt } = await limitOf(member, name);
      expect(body.budget?.resetsAt).toBe(resetsAt);
      await setLimits(admin, { userId: memberId }, { [name]: 'standard' });
      expect(await ask(member, sessionId, 'Another word?')).toMatchObject({ status: 'complete' });
    },
  );

  it('what needs no model goes on: an issue is taken over from GitHub', async () => {
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': 0 });
    const { sessionId: id } = await takeUpIssue(member);
    await expected(200, member.get(`/api/sessions/${id}`));
  });

  it('of the deployment nobody begins anything, whoever used it up', async () => {
    await setLimits(admin, 'deployment', { 'tokens-per-day': 0 });
    const auditor = await workspace.as('auditor');
    const { id } = await expected(201, auditor.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'shop' }));
    for (const [client, session] of [
      [member, sessionId],
      [auditor, id],
    ] as const) {
      const { status, body } = await client.post<BudgetProblem>(`/api/sessions/${session}/messages`, {});
      expect([status, body.budget?.scope]).toEqual([429, 'deployment']);
    }
  });
});

describe('a model whose price nobody knows', () => {
  it('is not used where a budget in dollars applies, unless the environment names a price', async () => {
    const message = { text: 'What is it?', clientMessageId: 'unpriced' };
    const at = `/api/sessions/${sessionId}/messages`;
    const unpriced = await spawnApi(workspace.stack, { LLM_MODEL: 'local/unpriced' });
    expect((await member.at(unpriced).post<Sent>(at, message)).status).toBe(201);
    await setLimits(admin, { userId: memberId }, { 'usd-per-month': 1_000 });
    const refused = await member.at(unpriced).post<BudgetProblem>(at, { ...message, clientMessageId: 'refused' });
    expect(refused).toMatchObject({ status: 503, body: { code: 'llm.price-unknown' } });
    const env = { LLM_MODEL: 'local/unpriced', LLM_PROMPT_USD_PER_MTOK: '3', LLM_COMPLETION_USD_PER_MTOK: '15' };
    const told = await spawnApi(workspace.stack, env);
    expect((await member.at(told).post<Sent>(at, { ...message, clientMessageId: 'told' })).status).toBe(201);
    for (const each of [unpriced, told]) await each.process.end();
  });
});
