import { connect } from 'node:net';
import {
  type Api,
  type ApiClient,
  signIn,
  spawnApi,
  type Stack,
  startApi,
  startStack,
  type TestApi,
  waitFor,
} from '../support/index.js';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly code: string | undefined;
}

let stack: Stack;
let api: TestApi;
let member: ApiClient;
let sessionId: string;

beforeAll(async () => {
  stack = await startStack({ forge: true });
  api = await startApi(stack);
  member = await signIn(api, 'member');
  const session = await member.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'todo-api' });
  sessionId = session.body.id;
}, 300_000);
afterAll(() => stack.stop());
afterEach(async () => {
  // Whatever came before, the next one is served.
  expect((await member.get('/api/auth/me')).status).toBe(200);
});

/** Sends bytes to the server as they are; the first answer on the connection, if there is one before it ends. */
function send(
  parts: readonly (string | Buffer)[],
  options: { readonly hangUp?: true; readonly at?: Api } = {},
): Promise<Answer | undefined> {
  const { hostname, port } = new URL((options.at ?? api).url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const received: Buffer[] = [];
    socket.on('data', (part: Buffer) => received.push(part));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(parsed(Buffer.concat(received).toString('latin1'))));
    for (const part of parts) socket.write(part);
    if (options.hangUp) setTimeout(() => socket.resetAndDestroy(), 100);
  });
}

function parsed(text: string): Answer | undefined {
  if (text === '') return undefined;
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => {
      const at = field.indexOf(':');
      return [field.slice(0, at).toLowerCase(), field.slice(at + 1).trim()];
    }),
  );
  const code = /"code":"([^"]+)"/.exec(body)?.[1];
  return { status: Number(line.split(' ')[1]), headers, code };
}

const credentials = (): string =>
  Object.entries(member.headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

const get = (path: string, headers = ''): Promise<Answer | undefined> =>
  send([`GET ${path} HTTP/1.1\r\nHost: yudai\r\nConnection: close\r\n${headers}\r\n`]);

const post = (path: string, body: string | Buffer, type = 'application/json'): Promise<Answer | undefined> =>
  send([
    `POST ${path} HTTP/1.1\r\nHost: yudai\r\nConnection: close\r\n${credentials()}` +
      `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
    body,
  ]);

/** Each refusal is a problem document with a request's id, whatever was refused. */
async function expectRefused(answer: Promise<Answer | undefined>, status: number): Promise<void> {
  const got = await answer;
  expect(got).toMatchObject({ status, code: `http.${status}` });
  expect(got?.headers['content-type']).toContain('application/problem+json');
  expect(got?.headers['x-request-id']).toMatch(/^[\w.:-]{8,}$/);
}

const nested = (depth: number): string => `{"title":${'['.repeat(depth)}${']'.repeat(depth)}}`;

describe('the head of a request', () => {
  it('has an address of bounded length: 16 KB are read, more are 414', async () => {
    expect(await get(`/api/health/live?x=${'y'.repeat(16_000)}`)).toMatchObject({ status: 200 });
    await expectRefused(get(`/api/health/live?x=${'y'.repeat(20_000)}`), 414);
    await expectRefused(get(`/${'y'.repeat(65_536)}`), 414);
  });

  it('has a bounded number and size of headers, over them 431', async () => {
    const many = (count: number, value = 'v'): string =>
      Array.from({ length: count }, (_, n) => `X-Field-${n}: ${value}\r\n`).join('');
    expect(await get('/api/health/live', many(60))).toMatchObject({ status: 200 });
    await expectRefused(get('/api/health/live', many(1_000)), 431);
    await expectRefused(get('/api/health/live', many(3, 'v'.repeat(12_000))), 431);
    await expectRefused(get('/api/health/live', many(3, 'v'.repeat(100_000))), 431);
  });

  it.each([
    '//',
    '//api//auth//me',
    '/api//auth/me',
    '/%00',
    '/api/%00',
    '/api/sessions/%00',
    '/api/%2e%2e/%2e%2e/etc/passwd',
  ])('may name what is not there: %s', async (path) => {
    const answer = await get(path, credentials());
    expect([400, 404]).toContain(answer?.status);
    expect(answer?.headers['content-type']).toContain('application/problem+json');
  });

  it.each(['/api/sessions/%E0%A4%A', '/api/sessions/%FF%FE', '/%', '/api/github/repositories/%C3%28/x'])(
    'may be no UTF-8 at all: %s',
    async (path) => {
      const answer = await get(path, credentials());
      expect([400, 404]).toContain(answer?.status);
      expect(answer?.headers['content-type']).toContain('application/problem+json');
    },
  );

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['another protocol', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03, 0x0a, 0x0a])],
    ['two lengths', 'POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}'],
    [
      'a length and chunks',
      'POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header with a NUL', 'GET /api/auth/me HTTP/1.1\r\nHost: x\r\nX-Field: a\0b\r\n\r\n'],
  ])('that is %s is 400', async (_name, bytes) => {
    await expectRefused(send([bytes]), 400);
  });
});

describe('the body of a request', () => {
  it('is at most 1 MB of JSON, over it 413', async () => {
    const title = (length: number): string => JSON.stringify({ title: 'x'.repeat(length) });
    await expectRefused(post('/api/sessions', title(1_100_000)), 413);
    expect(await post('/api/sessions', title(900_000))).toMatchObject({ status: 422 });
  });

  it('is nested 64 deep at most, brackets in texts not counted', async () => {
    expect(await post('/api/sessions', nested(60))).toMatchObject({ status: 422 });
    await expectRefused(post('/api/sessions', nested(70)), 400);
    await expectRefused(post('/api/sessions', nested(400_000)), 400);
    const text = JSON.stringify({ title: `${'['.repeat(1_000)}"\\` });
    expect(await post('/api/sessions', text)).toMatchObject({ status: 422 });
  });

  it.each([
    ['a broken character', Buffer.from([0x7b, 0x22, 0x74, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d])],
    ['half a character', Buffer.from('{"title":"\xe2\x82"}', 'latin1')],
    ['an overlong slash', Buffer.from('{"title":"\xc0\xaf"}', 'latin1')],
    ['no JSON', '{"title":'],
    ['a text', '"title"'],
  ])('with %s is 400', async (_name, body) => {
    await expectRefused(post('/api/sessions', body), 400);
  });

  it('in another encoding is 415', async () => {
    const body = Buffer.from('{"title":"x"}', 'utf16le');
    await expectRefused(post('/api/sessions', body, 'application/json; charset=utf-16'), 415);
    await expectRefused(post('/api/sessions', '{}', 'application/json; charset=latin1'), 415);
  });

  it('that never comes to its end leaves nothing behind', async () => {
    const rows = async (): Promise<unknown> =>
      stack.sql('SELECT (SELECT count(*) FROM attachments) AS files, (SELECT count(*) FROM idempotency_keys) AS keys');
    const before = await rows();
    const at = await spawnApi(stack, { LOG_LEVEL: 'info' });
    const path = `/api/sessions/${sessionId}/attachments`;
    const file =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n' +
      'x'.repeat(50_000);
    const head =
      `POST ${path} HTTP/1.1\r\nHost: yudai\r\n${credentials().replaceAll(api.url, at.url)}Idempotency-Key: aborted\r\n` +
      `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 400000\r\n\r\n`;
    for (let n = 0; n < 10; n++) await send([head, file], { hangUp: true, at });
    const cut = `POST /api/sessions HTTP/1.1\r\nHost: x\r\n${credentials().replaceAll(api.url, at.url)}Content-Type: application/json\r\nContent-Length: 90\r\n\r\n{"own`;
    for (let n = 0; n < 10; n++) await send([cut], { hangUp: true, at });
    await waitFor('nothing left behind', async () => JSON.stringify(await rows()) === JSON.stringify(before));
    expect((await member.at(at).get('/api/auth/me')).status).toBe(200);
    expect(at.process.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
    await at.process.end();
  });
});
