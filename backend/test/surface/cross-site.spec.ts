import { ConfigError, loadConfig } from '../../src/platform/config/config.js';
import { type ApiClient, signIn, type Stack, startApi, startStack, type TestApi } from '../support/index.js';
import { filled, forEachOf, type Route, routesOf } from './routes.js';

const FOREIGN = 'https://evil.example';
const LISTED = 'https://tools.example';
const SOMETHING = '0197a3c4-0000-7000-8000-000000000001';

/** What a page elsewhere can make a browser send without asking: a form, a text, nothing; JSON too, if it may ask. */
const BODIES: readonly RequestInit[] = [
  { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'title=x&text=x&name=x' },
  { headers: { 'content-type': 'text/plain' }, body: '{"title":"x"}' },
  { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--\r\n' },
  { headers: { 'content-type': 'application/json' }, body: '{}' },
  {},
];

/** How a browser tells where a request comes from, if it does. */
const ORIGINS: readonly Readonly<Record<string, string>>[] = [
  {},
  { origin: FOREIGN },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'none' },
];

describe('requests that a page elsewhere makes with somebody’s cookie', () => {
  let stack: Stack;
  let api: TestApi;
  let admin: ApiClient;
  let writes: Route[];
  beforeAll(async () => {
    stack = await startStack({ forge: true, env: { ALLOW_ORIGINS: LISTED } });
    api = await startApi(stack);
    admin = await signIn(api, 'admin');
    writes = routesOf(api).filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
  });
  afterAll(() => stack.stop());

  const cookie = (): Record<string, string> => ({ cookie: admin.headers['cookie'] ?? '' });

  it('change nothing, whatever the route, the body and the origin', async () => {
    const isPublic = ({ path }: Route): boolean => path === '/api/github/webhooks';
    expect(writes.length).toBeGreaterThan(30);
    expect(writes.filter(isPublic)).toHaveLength(1);
    const tries = writes
      .filter((route) => !isPublic(route))
      .flatMap((route) => BODIES.flatMap((body) => ORIGINS.map((from) => ({ route, body, from }))));
    const wrong: string[] = [];
    await forEachOf(tries, async ({ route, body, from }) => {
      const path = filled(route, () => SOMETHING);
      const answer = await fetch(`${api.url}${path}`, {
        ...body,
        method: route.method,
        headers: { ...(body.headers as object), ...from, ...cookie() },
      });
      const { code } = (await answer.json()) as { code: string };
      if (answer.status !== 403 || code !== 'auth.cross-site')
        wrong.push(`${route.method} ${path} ${JSON.stringify([body.headers, from])}: ${answer.status} ${code}`);
    });
    expect(wrong).toEqual([]);
  }, 300_000);

  it('are told nothing that a page elsewhere may read, not even whether a route is there', async () => {
    await forEachOf(routesOf(api), async (route) => {
      const path = `${api.url}${filled(route, () => SOMETHING)}`;
      const asked = await fetch(path, {
        method: 'OPTIONS',
        headers: { origin: FOREIGN, 'access-control-request-method': route.method, ...cookie() },
      });
      expect([...asked.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(asked.status).toBe(405);
    });
    const read = await fetch(`${api.url}/api/auth/me`, { headers: { origin: FOREIGN, ...cookie() } });
    expect([read.status, read.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  it('from a listed origin may be made and read, with what that origin may ask for', async () => {
    const asked = await fetch(`${api.url}/api/sessions`, {
      method: 'OPTIONS',
      headers: {
        origin: LISTED,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(asked.status).toBe(204);
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'access-control-allow-origin': LISTED,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': expect.stringContaining('Content-Type') as string,
      vary: expect.stringContaining('Origin') as string,
    });
    const made = await fetch(`${api.url}/api/sessions`, {
      method: 'POST',
      headers: { origin: LISTED, 'content-type': 'application/json', ...cookie() },
      body: JSON.stringify({ owner: 'acme', repo: 'todo-api' }),
    });
    expect([made.status, made.headers.get('access-control-allow-origin')]).toEqual([201, LISTED]);
    expect(made.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
    for (const near of [`${LISTED}.evil.example`, 'http://tools.example', `${LISTED}:8443`, 'https://tools.exampl']) {
      const refused = await fetch(`${api.url}/api/sessions`, {
        method: 'POST',
        headers: { origin: near, 'content-type': 'application/json', ...cookie() },
        body: '{}',
      });
      expect([near, refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([near, 403, null]);
    }
  });

  it('from our own page are JSON or nothing', async () => {
    for (const { headers, body } of BODIES.slice(0, 2)) {
      const answer = await fetch(`${api.url}/api/sessions`, {
        method: 'POST',
        headers: { ...(headers as object), origin: api.url, ...cookie() },
        body: body ?? null,
      });
      expect(answer.status).toBe(415);
    }
  });

  it.each(['*', 'https://tools.example/', 'https://tools.example/path', 'tools.example', 'null'])(
    'cannot be let in by ALLOW_ORIGINS=%s',
    (list) => {
      expect(() => loadConfig({ ...stack.env, ALLOW_ORIGINS: list })).toThrow(ConfigError);
    },
  );
});
