import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { HttpAdapterHost } from '@nestjs/core';
import {
  anonymous,
  type ApiClient,
  bearing,
  signIn,
  type Stack,
  startApi,
  startStack,
  type TestApi,
} from '../support/index.js';

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: { path: string; message: string }[];
}

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

const UNKNOWN = '0190a0a0-0000-7000-8000-000000000000';

describe('problems', () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  let sessionId: string;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
    member = await signIn(api, 'member');
    sessionId = (await member.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'todo-api' })).body.id;
  });
  afterAll(() => stack.stop());

  /** A request as it is, with whatever headers and bytes. */
  async function raw(
    method: string,
    path: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; problem: Problem; text: string }> {
    const answer = await fetch(`${api.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : body }),
      headers: { ...member.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    });
    const text = await answer.text();
    return { status: answer.status, text, problem: (text.startsWith('{') ? JSON.parse(text) : {}) as Problem };
  }

  it('have one form, under the request id that the answer carries', async () => {
    const answer = await member.get<Problem>(`/api/sessions/${UNKNOWN}`);
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toEqual({
      type: 'urn:yudai:sessions.not-found',
      title: 'Not Found',
      status: 404,
      detail: expect.stringMatching(/\.$/) as string,
      instance: `/api/sessions/${UNKNOWN}`,
      code: 'sessions.not-found',
      requestId: answer.headers['x-request-id'],
    });
  });

  it('name the fields that are wrong', async () => {
    const { status, problem } = await raw(
      'POST',
      '/api/auth/tokens',
      JSON.stringify({ name: '', scopes: ['read', 'root'] }),
    );
    expect(status).toBe(422);
    expect(problem.code).toBe('validation');
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual(['name', 'scopes[1]']);
  });

  it.each([
    ['broken', '{"owner":', 400],
    ['a number', '1', 400],
    ['a text', '"x"', 400],
    ['nothing but spaces', '   ', 400],
    ['an empty object', '{}', 422],
    ['a list', '[]', 422],
    ['null for a text', '{"owner":null,"repo":"todo-api"}', 422],
    ['NUL in a text', '{"owner":"acme","repo":"todo-api","title":"a\\u0000b"}', 422],
    ['NUL in a name', '{"owner":"ac\\u0000me","repo":"todo-api"}', 422],
    ['half a character', '{"owner":"acme","repo":"todo-api","title":"\\ud800"}', [201, 422]],
    ['deep lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, [400, 422]],
    ['deep objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, [400, 422]],
    ['a prototype', '{"__proto__":{"owner":"acme","repo":"todo-api"}}', 422],
    ['more than a megabyte', JSON.stringify({ owner: 'acme', repo: 'x'.repeat(1_100_000) }), 413],
  ])('answer a body that is %s as such', async (_what, body, status) => {
    const answer = await raw('POST', '/api/sessions', body);
    expect([status].flat()).toContain(answer.status);
    expect(answer.text).not.toMatch(/SyntaxError|at Object|node_modules|SELECT/);
  });

  it('do not unpack what is small only on its way', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
    expect((await raw('POST', '/api/sessions', bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
    expect((await raw('POST', '/api/sessions', Buffer.from('x'), { 'content-encoding': 'strange' })).status).toBe(415);
    expect((await raw('POST', '/api/sessions', Buffer.from('no gzip'), { 'content-encoding': 'gzip' })).status).toBe(
      400,
    );
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    '',
  ])('answer a body of type %j with 415', async (type) => {
    const answer = await raw('POST', '/api/sessions', '{"owner":"acme","repo":"todo-api"}', { 'content-type': type });
    expect([answer.status, answer.problem.code]).toEqual([415, 'http.media-type']);
  });

  it('tell an unknown path from an unknown method', async () => {
    const unknown = await raw('GET', '/api/nothing-here');
    expect([unknown.status, unknown.problem.code]).toEqual([404, 'http.404']);
    expect((await raw('GET', '/api')).status).toBe(404);
    const answer = await fetch(`${api.url}/api/sessions`, { method: 'PUT', headers: member.headers });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, expect.stringContaining('GET')]);
    expect(answer.headers.get('allow')).toContain('POST');
    for (const path of ['/api', '/api/', '/', '/admin', '/api/../etc/passwd', '/api/sessions/', '/api//sessions']) {
      expect([path, (await raw('GET', path)).status < 500]).toEqual([path, true]);
    }
  });

  it('what is served is described, and what is described is served', async () => {
    const { router } = api.get(HttpAdapterHost).httpAdapter.getInstance<{ router: { stack: readonly Layer[] } }>();
    const served = router.stack.flatMap(({ route }) =>
      route && !route.methods['trace']
        ? Object.keys(route.methods).map((method) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`)
        : [],
    );
    const { paths } = (await anonymous(api).get<{ paths: Record<string, object> }>('/api/openapi.json')).body;
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(served.length).toBeGreaterThan(50);
    expect(served.sort()).toEqual(described.sort());
  });

  it('answer too long an address with 414', async () => {
    expect((await raw('GET', `/api/sessions?query=${'x'.repeat(16_000)}`)).status).toBe(422);
    const long = await raw('GET', `/api/sessions?query=${'x'.repeat(17_000)}`);
    expect([414, 431]).toContain(long.status);
  });

  it('come in the order of the contract: the first reason that there is', async () => {
    const nobody = anonymous(api);
    const foreign = member.with({ origin: 'https://evil.example' });
    const { body: reader } = await member.post<{ token: string }>('/api/auth/tokens', { name: 'r', scopes: ['read'] });
    const token = bearing(api, reader.token);
    const big = JSON.stringify({ a: 'x'.repeat(1_100_000) });
    const post = (client: ApiClient, path: string, body: string, type = 'application/json'): Promise<number> =>
      fetch(`${api.url}${path}`, { method: 'POST', body, headers: { ...client.headers, 'content-type': type } }).then(
        ({ status }) => status,
      );
    expect(await post(nobody, '/api/nothing', big)).toBe(413);
    expect(await post(nobody, '/api/nothing', '{')).toBe(400);
    expect(await post(nobody, '/api/nothing', '{}')).toBe(404);
    expect(await post(nobody, '/api/auth/me', '{}')).toBe(405);
    expect(await post(nobody, `/api/sessions/${UNKNOWN}/messages`, '{"wrong":1}')).toBe(401);
    expect(await post(foreign, `/api/sessions/${UNKNOWN}/messages`, '{"wrong":1}')).toBe(403);
    expect(await post(token, `/api/sessions/${UNKNOWN}/messages`, '{"wrong":1}')).toBe(403);
    expect(await post(member, `/api/sessions/${UNKNOWN}/messages`, '{"wrong":1}', 'text/plain')).toBe(404);
    expect(await post(member, '/api/sessions/no-id/messages', '{"wrong":1}', 'text/plain')).toBe(404);
    expect(await post(member, `/api/sessions/${sessionId}/messages`, '{"wrong":1}', 'text/plain')).toBe(415);
    expect(await post(member, `/api/sessions/${sessionId}/messages`, '{"wrong":1}')).toBe(422);
  });

  it('D4: what is not there is 404 on every route that names an object, never 500', async () => {
    const contract = (await anonymous(api).get<{ paths: Record<string, Record<string, unknown>> }>('/api/openapi.json'))
      .body;
    const admin = await signIn(api, 'admin');
    const wrong: string[] = [];
    for (const [path, methods] of Object.entries(contract.paths)) {
      if (!/\{(id|issueId|sessionId|solveId|userId|owner)\}/.test(path)) continue;
      for (const id of [UNKNOWN, 'no-id', '%00', '..%2f..']) {
        const url = path.replace(/\{[^}]+\}/g, id);
        for (const method of Object.keys(methods)) {
          const answer = await fetch(`${api.url}${url}`, { method: method.toUpperCase(), headers: admin.headers });
          await answer.body?.cancel();
          if (answer.status !== 404) wrong.push(`${method.toUpperCase()} ${url}: ${answer.status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('never carry what went wrong inside', async () => {
    await stack.sql('ALTER TABLE sessions RENAME TO sessions_gone');
    try {
      const answer = await raw('GET', '/api/sessions');
      expect([answer.status, answer.problem.code]).toEqual([500, 'internal']);
      expect(answer.text).not.toMatch(/sessions_gone|relation|SELECT|stack|TypeORM|\.ts|\.js/i);
    } finally {
      await stack.sql('ALTER TABLE sessions_gone RENAME TO sessions');
    }
  });

  it('what is no HTTP is answered and ends', async () => {
    const { hostname, port } = new URL(api.url);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), hostname, () => socket.write('NONSENSE\r\n\r\n'));
      socket.on('data', (part) => (text += part.toString())).on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('a request id is taken over when it is sane', async () => {
    const idOf = async (sent: string): Promise<string | undefined> =>
      (await member.get('/api/auth/me', { 'x-request-id': sent })).headers['x-request-id'];
    expect(await idOf('build-4711.a:b_c')).toBe('build-4711.a:b_c');
    for (const sent of ['short', 'with space in it', '"quoted-text"', 'x'.repeat(200), '{"a":"b"}{"c"}']) {
      expect(await idOf(sent)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    }
  });

  it('answers carry the headers that keep browsers safe, problems too', async () => {
    for (const path of ['/api/health/live', '/api/nothing', '/api/auth/me']) {
      const { headers } = await anonymous(api).get(path);
      expect(headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});
