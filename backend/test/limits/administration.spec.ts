import { type ApiClient, signIn, type Stack, startApi, startStack, type TestApi } from '../support/index.js';
import { expected } from '../sessions/workspace.js';
import { GithubBudgets } from '../../src/modules/auth/index.js';
import { type AdminLimitsView, type AdminLimitView, idOf, limitOf, setLimits } from './budgeting.js';

interface Spent {
  readonly tokens: number;
  readonly costUsd: number;
  readonly calls: number;
  readonly solves: number;
}

interface UsageView {
  readonly total: Spent;
  readonly users: readonly (Spent & { readonly user: { readonly login: string } })[];
  readonly repositories: readonly (Spent & { readonly repository: string | null })[];
  readonly days: readonly (Spent & { readonly day: string })[];
  readonly github: readonly { readonly holder: string; readonly name: string; readonly remaining: number }[];
}

let stack: Stack;
let api: TestApi;
let admin: ApiClient;
let member: ApiClient;
let auditor: ApiClient;
let memberId: string;

beforeAll(async () => {
  stack = await startStack({
    forge: true,
    env: { BUDGET_USER_TOKENS_PER_DAY: '1000', BUDGET_USD_PER_MONTH: '500', MAX_OPEN_SOLVES_PER_USER: '4' },
  });
  api = await startApi(stack);
  admin = await signIn(api, 'admin');
  member = await signIn(api, 'member');
  auditor = await signIn(api, 'auditor');
  memberId = await idOf(member);
}, 300_000);
afterAll(() => stack.stop());

const read = async (query = ''): Promise<AdminLimitsView> =>
  expected(200, admin.get<AdminLimitsView>(`/api/admin/limits${query}`));
const find = ({ items }: AdminLimitsView, scope: string, name: string): AdminLimitView | undefined =>
  items.find((item) => item.scope === scope && item.name === name);

describe('limits that administrators see and set', () => {
  it('begin as the environment has them', async () => {
    const all = await read();
    expect(find(all, 'deployment', 'usd-per-month')).toMatchObject({ limit: 500, standard: 500, own: false, used: 0 });
    expect(find(all, 'deployment', 'tokens-per-day')).toMatchObject({ limit: null });
    expect(find(all, 'everyone', 'tokens-per-day')).toMatchObject({ limit: 1_000, own: false, used: null, user: null });
    expect(find(all, 'everyone', 'open-solves')).toMatchObject({ limit: 4 });
    expect(all.items.some(({ scope }) => scope === 'user')).toBe(false);
    expect(all.rates).toContainEqual({ name: 'chat', perUser: 100_000, perAddress: 2_000_000 });
  });

  it('apply at once: one of a user before one of everyone, and that before the environment', async () => {
    expect(await limitOf(member, 'tokens-per-day')).toMatchObject({ limit: 1_000 });
    await expected(200, setLimits(admin, 'everyone', { 'tokens-per-day': 2_000, 'open-solves': 3 }));
    expect(await limitOf(member, 'tokens-per-day')).toMatchObject({ limit: 2_000 });
    expect(await limitOf(member, 'open-solves')).toMatchObject({ limit: 3 });
    const own = await expected(
      200,
      setLimits(admin, { userId: memberId }, { 'tokens-per-day': null, 'usd-per-month': 12.5 }),
    );
    expect(find(own, 'user', 'usd-per-month')).toMatchObject({ limit: 12.5, own: true, user: { login: 'member' } });
    expect(await limitOf(member, 'tokens-per-day')).toMatchObject({ limit: null });
    expect(await limitOf(admin, 'tokens-per-day')).toMatchObject({ limit: 2_000 });
    expect(find(await read(), 'user', 'tokens-per-day')).toMatchObject({ limit: null, standard: 2_000, own: true });
    expect((await read(`?userId=${memberId}`)).items).toHaveLength(3);
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': 'standard', 'usd-per-month': 'standard' });
    await setLimits(admin, 'everyone', { 'tokens-per-day': 'standard', 'open-solves': 'standard' });
    expect(await limitOf(member, 'tokens-per-day')).toMatchObject({ limit: 1_000 });
  });

  it('are written down when they change, with what they were', async () => {
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': 7 });
    await setLimits(admin, { userId: memberId }, { 'tokens-per-day': 'standard' });
    const rows = await stack.sql(
      `SELECT actor_login, target_name, details FROM audit_entries
        WHERE action = 'limits.update' AND target_id = $1 ORDER BY id DESC LIMIT 2`,
      [memberId],
    );
    const entry = (from: unknown, to: unknown) => ({
      ...{ actor_login: 'admin', target_name: 'member' },
      details: expect.objectContaining({ 'tokens-per-day': { from, to } }) as unknown,
    });
    expect(rows).toEqual([entry(7, 'standard'), entry('standard', 7)]);
  });

  it.each([
    ['a user without saying whom', { scope: 'user', limits: [{ name: 'tokens-per-day', limit: 1 }] }],
    ['less than nothing', { scope: 'everyone', limits: [{ name: 'tokens-per-day', limit: -1 }] }],
    ['half a solve', { scope: 'everyone', limits: [{ name: 'open-solves', limit: 1.5 }] }],
    ['any number of solves', { scope: 'deployment', limits: [{ name: 'concurrent-solves', limit: null }] }],
    ['a limit of another scope', { scope: 'deployment', limits: [{ name: 'open-solves', limit: 1 }] }],
    ['nothing', { scope: 'deployment', limits: [] }],
  ])('are not set for %s', async (_name, body) => {
    expect((await admin.patch('/api/admin/limits', body)).status).toBe(422);
  });

  it('are for administrators, and for users who exist', async () => {
    for (const client of [member, auditor]) {
      expect((await client.get('/api/admin/limits')).status).toBe(403);
      expect((await client.get('/api/admin/usage')).status).toBe(403);
      expect((await setLimits(client, 'everyone', { 'tokens-per-day': null })).status).toBe(403);
    }
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect((await admin.get(`/api/admin/limits?userId=${nobody}`)).status).toBe(404);
    expect((await setLimits(admin, { userId: nobody }, { 'tokens-per-day': 1 })).status).toBe(404);
  });
});

describe('usage', () => {
  const solve = '00000000-0000-7000-8000-00000000000a';

  beforeAll(async () => {
    const adminId = await idOf(admin);
    const row = (userId: string, kind: string, tokens: number, usd: number, repository: string | null, at: string) =>
      stack.sql(
        `INSERT INTO usage_ledger (id, user_id, kind, tokens, cost_usd, ref, repository, at)
         VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7)`,
        [userId, kind, tokens, usd, solve, repository, at],
      );
    await row(memberId, 'chat', 100, 0.5, 'acme/shop', '2026-03-01T10:00:00Z');
    await row(memberId, 'solve', 200, 1, 'acme/shop', '2026-03-01T23:59:59.999Z');
    await row(memberId, 'solve', 300, 1.25, 'acme/shop', '2026-03-02T00:00:00Z');
    await row(adminId, 'draft', 50, 4, 'acme/todo-api', '2026-03-02T12:00:00Z');
    await row(adminId, 'chat', 7, 0, null, '2026-03-05T00:00:00Z');
  });

  const usage = (from: string, to: string): Promise<UsageView> =>
    expected(200, admin.get<UsageView>(`/api/admin/usage?from=${from}&to=${to}`));

  it('is told by user, repository and day, the dearest first, from a moment up to another', async () => {
    const told = await usage('2026-03-01T00:00:00Z', '2026-03-05T00:00:00Z');
    expect(told.total).toEqual({ tokens: 650, costUsd: 6.75, calls: 4, solves: 1 });
    expect(told.users).toEqual([
      { user: expect.objectContaining({ login: 'admin' }) as unknown, tokens: 50, costUsd: 4, calls: 1, solves: 0 },
      {
        user: expect.objectContaining({ login: 'member' }) as unknown,
        tokens: 600,
        costUsd: 2.75,
        calls: 3,
        solves: 1,
      },
    ]);
    expect(told.repositories.map(({ repository, tokens }) => [repository, tokens])).toEqual([
      ['acme/todo-api', 50],
      ['acme/shop', 600],
    ]);
    expect(told.days.map(({ day, calls }) => [day, calls])).toEqual([
      ['2026-03-01', 2],
      ['2026-03-02', 2],
    ]);
    expect((await usage('2026-03-05T00:00:00Z', '2026-03-06T00:00:00Z')).repositories).toMatchObject([
      { repository: null, tokens: 7 },
    ]);
  });

  it('is told of a span that makes sense', async () => {
    for (const query of ['?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z', '?from=2020-01-01T00:00:00Z', '?to=x']) {
      expect((await admin.get(`/api/admin/usage${query}`)).status).toBe(422);
    }
    expect(await expected(200, admin.get<UsageView>('/api/admin/usage'))).toMatchObject({ total: { calls: 0 } });
  });

  it('shows what is left of GitHub’s own budgets', async () => {
    await member.get('/api/github/repositories');
    const { github } = await expected(200, admin.get<UsageView>('/api/admin/usage'));
    expect(github.map(({ holder, name }) => `${holder} ${name}`)).toContain('user member');
    api.get(GithubBudgets).register(() =>
      Promise.resolve([
        {
          holder: 'installation',
          id: '5',
          name: 'acme',
          resource: 'core',
          limit: 15_000,
          remaining: 14_000,
          resetsAt: null,
        },
      ]),
    );
    const more = await expected(200, admin.get<UsageView>('/api/admin/usage'));
    expect(more.github).toContainEqual(expect.objectContaining({ name: 'acme', remaining: 14_000, resetsAt: null }));
  });
});
