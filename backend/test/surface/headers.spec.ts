import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  anonymous,
  type ApiClient,
  signIn,
  spawnApi,
  type Stack,
  startApi,
  startStack,
  type TestApi,
} from '../support/index.js';
import { reservePort } from '../support/ports.js';
import { filled, forEachOf, routesOf } from './routes.js';

const SOMETHING = '0197a3c4-0000-7000-8000-000000000001';
const EXPECTED: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /^default-src 'self';/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'x-request-id': /^[\w.:-]{8,128}$/,
};
/** What an answer must not say about the inside. */
const INSIDE =
  /\bat \S+ \(|node_modules|node:internal|\.[jt]s:\d+|SELECT |INSERT |relation "|pg_|ECONN|ENOENT|typeorm|QueryFailed|\/home\/|\/tmp\/|postgres:|redis:|"stack"/i;

const wrongIn = (headers: Headers): string[] =>
  Object.entries(EXPECTED).flatMap(([name, form]) => (form.test(headers.get(name) ?? '') ? [] : [name]));

describe('every answer', () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  const answers = new Map<string, string[]>();
  const statuses = new Set<number>();

  beforeAll(async () => {
    stack = await startStack({ forge: true });
    const client = join(stack.folder, 'client');
    mkdirSync(client, { recursive: true });
    writeFileSync(join(client, 'index.html'), '<html><app ngCspNonce="__CSP_NONCE__"></app></html>');
    writeFileSync(join(client, 'main-ABCD1234.js'), `export {};${' '.repeat(2_000)}`);
    writeFileSync(join(client, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    api = await startApi(stack, { CLIENT_DIR: client });
    member = await signIn(api, 'member');
  });
  afterAll(() => stack.stop());

  /** Asks, and notes what is missing in the answer. */
  async function look(what: string, path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(`${api.url}${path}`, { redirect: 'manual', ...init });
    statuses.add(answer.status);
    const type = answer.headers.get('content-type') ?? '';
    const text = type.includes('event-stream') ? '' : await answer.text();
    if (type.includes('event-stream')) await answer.body?.cancel();
    const missing = wrongIn(answer.headers);
    if (answer.status >= 400 && INSIDE.test(text)) missing.push(`says: ${text}`);
    if (answer.status >= 500 && answer.status !== 503 && !/"code":"/.test(text)) missing.push('no problem document');
    if (missing.length > 0) answers.set(`${what}: ${answer.status}`, missing);
    return answer;
  }
  const own = (): Record<string, string> => ({ ...member.headers });

  it('has the headers, by whatever route and method, signed in or not', async () => {
    const all = routesOf(api).flatMap((route) => [
      { route, headers: {} },
      { route, headers: own() },
    ]);
    await forEachOf(all, async ({ route, headers }) => {
      if (route.path.includes('logout') || route.path.endsWith('/logins')) return;
      await look(
        `${route.method} ${route.path}`,
        filled(route, () => SOMETHING),
        { method: route.method, headers },
      );
    });
    expect(Object.fromEntries(answers)).toEqual({});
  }, 300_000);

  it('has them when it is a file, a redirect, a stream, a refusal or a failure, which says nothing about the inside', async () => {
    const json = { ...own(), 'content-type': 'application/json' };
    const post = (body: string, headers: Record<string, string> = json) => ({ method: 'POST', headers, body });
    await look('page', '/', { headers: { accept: 'text/html' } });
    await look('page of the client', '/s/x/issues/y', { headers: { accept: 'text/html' } });
    const file = await look('file', '/main-ABCD1234.js');
    await look('file compressed', '/main-ABCD1234.js', { headers: { 'accept-encoding': 'br' } });
    const etag = (await look('icon', '/favicon.svg')).headers.get('etag') ?? '';
    const unchanged = await anonymous(api).get('/favicon.svg', { 'if-none-match': etag });
    expect([unchanged.status, wrongIn(new Headers(unchanged.headers))]).toEqual([304, []]);
    await look('file in part', '/main-ABCD1234.js', { headers: { range: 'bytes=0-3' } });
    await look('no file', '/missing-ABCD1234.js', { headers: { accept: '*/*' } });
    await look('head', '/api/health/live', { method: 'HEAD' });
    await look('options', '/api/sessions', { method: 'OPTIONS' });
    await look('no route', '/api/nothing');
    await look('no method', '/api/sessions', { method: 'PUT' });
    await look('redirect', '/api/auth/login');
    await look('redirect of a failure', '/api/auth/callback?code=x&state=y');
    await look('stream', '/api/events', { headers: own() });
    await look('not JSON', '/api/sessions', post('{"owner":'));
    await look('not an object', '/api/sessions', post('"text"'));
    await look('broken UTF-8', '/api/sessions', {
      method: 'POST',
      headers: json,
      body: Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
    });
    await look(
      'unknown charset',
      '/api/sessions',
      post('{}', { ...json, 'content-type': 'application/json; charset=x' }),
    );
    await look('invalid', '/api/sessions', post('{}'));
    await look('other type', '/api/sessions', post('a=b', { ...own(), 'content-type': 'text/plain' }));
    await look('too large', '/api/sessions', post(`{"title":"${'x'.repeat(1_200_000)}"}`));
    await look('long address', `/api/sessions?query=${'x'.repeat(15_000)}`, { headers: own() });
    await look('NUL', '/api/sessions/%00', { headers: own() });
    await look('slashes', '//evil.example/api', { headers: { accept: 'text/html' } });
    await look('broken escape', '/api/sessions/%E0%A4%A', { headers: own() });
    await look('wrong signature', '/api/github/webhooks', post('{}'));
    await stack.sql('ALTER TABLE sessions RENAME TO sessions_gone');
    const failed = await look('failure', '/api/sessions', { headers: own() });
    await stack.sql('ALTER TABLE sessions_gone RENAME TO sessions');
    expect(failed.status).toBe(500);
    expect(file.headers.get('cache-control')).toContain('immutable');
    expect(Object.fromEntries(answers)).toEqual({});
    const wanted = [200, 206, 302, 400, 401, 403, 404, 405, 413, 415, 422, 500];
    expect(wanted.filter((status) => !statuses.has(status))).toEqual([]);
  });

  it('lets a page run and load nothing but what we serve: a policy without unsafe-*, with a nonce each time', async () => {
    const [first, second] = [await look('page', '/'), await look('page', '/')];
    const policy = first.headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe|\*|http:|https:|blob:/);
    const directives = new Map(
      policy.split(';').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
    );
    expect(Object.fromEntries(directives)).toMatchObject({
      'default-src': "'self'",
      'base-uri': "'none'",
      'object-src': "'none'",
      'frame-ancestors': "'none'",
      'form-action': "'self'",
      'connect-src': "'self'",
      'img-src': "'self' data:",
    });
    expect(second.headers.get('content-security-policy')).not.toBe(policy);
  });

  it('tells browsers to come by TLS only, where we are reached by it', async () => {
    const plain = await fetch(`${api.url}/api/health/live`);
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    const port = await reservePort();
    await spawnApi(stack, { PORT: String(port), PUBLIC_URL: 'https://yudai.example' });
    for (const path of ['/api/health/live', '/api/nothing', '/nothing', '/api/auth/login']) {
      const { headers } = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
      expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
    }
  });

  it('is the same whatever a stranger says about a proxy', async () => {
    const lies = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-forwarded-prefix': '/evil',
      forwarded: 'for=203.0.113.9;host=evil.example;proto=https',
      'x-original-url': '/api/admin/users',
      'x-rewrite-url': '/api/admin/users',
      'x-http-method-override': 'DELETE',
    };
    const login = await fetch(`${api.url}/api/auth/login?login=member`, { redirect: 'manual', headers: lies });
    expect(new URL(login.headers.get('location') ?? '').searchParams.get('redirect_uri')).toBe(
      `${api.url}/api/auth/callback`,
    );
    expect(login.headers.get('set-cookie')).not.toContain('Secure');
    const me = await fetch(`${api.url}/api/auth/me`, { method: 'POST', headers: { ...own(), ...lies } });
    expect(me.status).toBe(405);
    await fetch(`${api.url}/api/sessions`, { method: 'POST', headers: { ...lies, 'x-request-id': 'who-asked-this' } });
    await fetch(`${api.url}/api/sessions`, {
      method: 'POST',
      headers: {
        cookie: own()['cookie'] ?? '',
        ...lies,
        'x-forwarded-for': '203.0.113.9',
        'x-request-id': 'who-wrote-this',
      },
    });
    const entries = await stack.sql<{ ip: string }>("SELECT ip FROM audit_entries WHERE request_id = 'who-wrote-this'");
    expect(entries.map(({ ip }) => ip.replace('::ffff:', ''))).toEqual(['127.0.0.1']);
  });

  it('comes even to what is no HTTP, and is no more than a status', async () => {
    const { port } = new URL(api.url);
    const raw = (text: string): Promise<string> =>
      new Promise((resolve) => {
        let said = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.end(text));
        socket.on('data', (part) => (said += String(part)));
        socket.on('close', () => resolve(said));
        socket.on('error', () => resolve(said));
      });
    for (const text of [
      'GARBAGE\r\n\r\n',
      'GET / HTTP/1.1\r\nBad Header: x\r\n\r\n',
      `GET /${'x'.repeat(70_000)} HTTP/1.1\r\n\r\n`,
    ]) {
      const said = await raw(text);
      expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(said).not.toMatch(INSIDE);
    }
    expect((await fetch(`${api.url}/api/health/live`)).status).toBe(200);
  });
});
