import { RedisClient } from '../../src/platform/redis/redis.module.js';
import { type Stack, startApi, startStack, type TestApi } from '../support/index.js';
import { type Answer, ask, type Asking } from './ask.js';
import { RIGHTS, type Rule } from './contract.js';
import { type Route, routesOf } from './route-table.js';
import { makeWorld, type Standing, type World } from './world.js';

/** The contract's "Order of refusals", for each route: where two refusals apply, the earlier one is answered. */
let stack: Stack;
let api: TestApi;
/** The same with room for one request a minute. */
let narrow: TestApi;
let world: World;
let routes: ReadonlyMap<string, Route>;

const LIMITS = ['SIGN_IN', 'WEBHOOKS', 'REPOSITORIES', 'SEARCH', 'CHAT', 'DRAFT', 'PUBLISH', 'SOLVE', 'DEFAULT'];

beforeAll(async () => {
  stack = await startStack({ forge: true });
  api = await startApi(stack);
  world = await makeWorld(stack, api);
  routes = new Map(routesOf(api).map((route) => [route.name, route]));
  narrow = await startApi(stack, Object.fromEntries(LIMITS.map((name) => [`LIMIT_${name}`, '1'])));
}, 300_000);
afterAll(() => stack.stop());

/** Asks as the member, or with other headers. */
async function answer(name: string, standing: Standing, asking: Asking & { at?: TestApi } = {}): Promise<Answer> {
  const { client } = world.caller('member');
  const route = routes.get(name);
  if (!route) throw new Error(`${name} is not served`);
  const names = world.names(world.caller('member'), standing, route.path) ?? {};
  return ask(asking.at ? client.at(asking.at) : client, route, names, asking);
}

/** How much the member has used of each limit, at this address too. */
async function use(times: 0 | 1): Promise<void> {
  const redis = api.get(RedisClient);
  const used = await redis.keys('yudai:limit:*');
  if (used.length > 0) await redis.del(...used);
  if (times === 0) return;
  for (const limit of LIMITS) {
    await redis.set(`yudai:limit:${limit.toLowerCase()}:${world.caller('member').userId ?? ''}`, times, 'EX', 60);
  }
}

const named = (which: (rule: Rule, name: string) => boolean): [string, Rule][] =>
  Object.entries(RIGHTS).filter(([name, rule]) => which(rule, name));

const changes = (name: string): boolean => !name.startsWith('GET ');
const isOurs = ({ open, roles }: Rule): boolean => !open && !roles;
const takesBody = ({ answers }: Rule): boolean => answers.includes(422) || answers.includes(415);

describe('who is not known (401) is told so before where the request came from (403)', () => {
  it.each(named((rule, name) => !rule.open && changes(name)))('%s', async (name) => {
    const headers = { cookie: '', origin: 'https://elsewhere.example' };
    expect(await answer(name, 'own', { headers })).toMatchObject({ status: 401, code: 'auth.required' });
  });
});

describe('a request from elsewhere (403) is refused before its object is looked for (404)', () => {
  it.each(named((rule, name) => !rule.open && changes(name)))('%s', async (name) => {
    const headers = { origin: 'https://elsewhere.example' };
    const refusal = { status: 403, code: 'auth.cross-site' };
    expect(await answer(name, 'missing', { headers })).toMatchObject(refusal);
    expect(await answer(name, 'own', { headers, body: 'text' })).toMatchObject(refusal);
  });
});

describe('an object that is not there (404) is told before a limit that is used up (429)', () => {
  beforeAll(() => use(1));

  it.each(named((rule) => isOurs(rule) && rule.object !== undefined))('%s', async (name, { object }) => {
    expect((await answer(name, 'missing', { at: narrow })).status).toBe(404);
    if (object !== 'user') expect((await answer(name, 'foreign', { at: narrow })).status).toBe(404);
  });
});

describe('a limit that is used up (429) is told before what is wrong with the request (415, 422) or the archive (409)', () => {
  beforeAll(() => use(1));

  it.each(named(isOurs))('%s', async (name, { good }) => {
    const limited = { status: 429, code: 'rate-limited' };
    expect(await answer(name, 'own', { at: narrow })).toMatchObject(limited);
    if (changes(name)) expect(await answer(name, 'own', { at: narrow, body: 'text' })).toMatchObject(limited);
    if (good !== undefined)
      expect(await answer(name, 'own, archived', { at: narrow, body: good })).toMatchObject(limited);
  });
});

describe('a refused request uses up nothing', () => {
  it.each(named((rule, name) => isOurs(rule) && changes(name) && takesBody(rule)))('%s', async (name, { good }) => {
    await use(0);
    for (let time = 0; time < 3; time++)
      expect([415, 422]).toContain((await answer(name, 'own', { at: narrow })).status);
    if (good !== undefined) {
      expect((await answer(name, 'own, archived', { at: narrow, body: good })).status).toBe(409);
      expect((await answer(name, 'own, archived', { at: narrow, body: good })).status).toBe(409);
    }
    expect((await answer(name, 'missing', { at: narrow })).status).not.toBe(429);
  });
});

describe('another media type (415), then a wrong field (422), is told before that the session is archived (409)', () => {
  it.each(named(({ good }) => good !== undefined && good !== 'nothing' && good !== 'file'))('%s', async (name) => {
    expect((await answer(name, 'own, archived', { body: 'text' })).status).toBe(415);
    expect((await answer(name, 'own, archived')).status).toBe(422);
  });
});

describe('in an archived session nothing is written', () => {
  const WRITES = named(
    (rule, name) => rule.object === 'session' && changes(name) && !rule.archived && rule.scope !== 'read',
  );

  it.each(WRITES)('%s', async (name, { good }) => {
    const asking = good === undefined ? {} : { body: good };
    expect(await answer(name, 'own, archived', asking)).toMatchObject({ status: 409, code: 'sessions.archived' });
  });

  it('but what concerns the session itself, and ending what has begun', () => {
    const allowed = named((rule, name) => rule.object === 'session' && changes(name) && rule.archived === true);
    expect(allowed.map(([name]) => name).sort()).toEqual([
      ...['DELETE /api/sessions/:id', 'DELETE /api/sessions/:id/members/:userId', 'PATCH /api/sessions/:id'],
      ...['PATCH /api/sessions/:id/members/:userId', 'POST /api/sessions/:id/members'],
      ...['POST /api/sessions/:id/messages/:mid/stop', 'POST /api/sessions/:id/search', 'POST /api/solves/:id/cancel'],
    ]);
  });
});

describe('a public route has its limit by address', () => {
  it.each(named(({ open }) => open === true))('%s', async (name) => {
    await use(0);
    const first = await answer(name, 'own', { at: narrow });
    expect(first.status).not.toBe(429);
    expect(await answer(name, 'own', { at: narrow })).toMatchObject({ status: 429, code: 'rate-limited' });
  });
});
