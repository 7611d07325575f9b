import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { cspNonce } from '../../src/platform/http/client-files.js';
import { securityHeaders } from '../../src/platform/http/security-headers.js';
import { PROGRAMS, SERVER_NAME, TestNginx } from './support/nginx.js';
import { withPrograms } from './support/programs.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

withPrograms(PROGRAMS, 'nginx with the configuration of the image', () => {
  let nginx: TestNginx;
  let stop = (): Promise<void> => Promise.resolve();
  let api: Server;
  let handler: (req: IncomingMessage, res: ServerResponse) => void;

  beforeAll(async () => {
    api = createServer((req, res) => handler(req, res)).listen(0, '127.0.0.1');
    await once(api, 'listening');
    nginx = await TestNginx.render(`127.0.0.1:${(api.address() as AddressInfo).port}`);
    nginx.check();
    stop = await nginx.start();
  });
  afterAll(async () => {
    await stop();
    nginx.remove();
    api.close();
  });

  const open = async (
    path: string,
    options: { method?: string; headers?: OutgoingHttpHeaders; name?: string } = {},
    body = '',
  ) => {
    const { method = 'GET', headers = {}, name = SERVER_NAME } = options;
    const target = { host: '127.0.0.1', port: nginx.httpsPort, servername: name, ca: nginx.ca, agent: false as const };
    const sent = request({ ...target, path, method, headers: { host: name, ...headers } });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return answer.setEncoding('utf8');
  };
  const get = async (...args: Parameters<typeof open>): Promise<Answer> => {
    const answer = await open(...args);
    let text = '';
    for await (const part of answer) text += String(part);
    return { status: answer.statusCode ?? 0, headers: answer.headers, text };
  };

  it('serves the page under every address, each time with a nonce of its own that the policy knows', async () => {
    const pages = [await get('/'), await get('/sessions/1'), await get('/index.html')];
    const nonces = pages.map(({ text }) => /ngCspNonce="([^"_]+)"/.exec(text)?.[1]);
    expect(new Set(nonces).size).toBe(3);
    pages.forEach(({ headers }, index) => {
      expect(headers['content-security-policy']).toContain(`script-src 'self' 'nonce-${nonces[index]}'`);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['cache-control']).toBe('no-store');
    });
  });

  it('sends the security headers of the api', async () => {
    const app = express().use(cspNonce, securityHeaders(`https://${SERVER_NAME}`), (_req, res) => void res.send(''));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const ofApi = (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)).headers;
    server.close();
    const names = [...ofApi.keys()].filter(
      (name) => !/^(connection|date|etag|content-(length|type)|keep-alive|x-powered-by)$/.test(name),
    );
    expect(names.length).toBeGreaterThan(10);
    const same = (text: string | null): string | undefined => text?.replace(/nonce-[^']+/g, 'nonce');
    for (const path of ['/', '/main-ABCD1234.js', '/missing-ABCD1234.js']) {
      const { headers } = await get(path);
      for (const name of names)
        expect(`${name}: ${same(String(headers[name]))}`).toBe(`${name}: ${same(ofApi.get(name))}`);
    }
  });

  it('lets files with a hash in their name be kept for ever, and answers 404 for those that are gone', async () => {
    expect(await get('/main-ABCD1234.js')).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'public, max-age=31536000, immutable' },
    });
    expect((await get('/gone-ABCD1234.js')).status).toBe(404);
  });

  it('passes every path under /api on as it is, with the caller as nginx saw it', async () => {
    const seen: IncomingMessage[] = [];
    handler = (req, res) => void res.end(String(seen.push(req)));
    const lie = {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'http',
      forwarded: 'for=6.6.6.6',
      'x-request-id': 'bad id\t',
    };
    await get('/api/sessions/1/files/main-ABCD1234.js?path=%2Fa%20b', { headers: lie });
    expect(seen[0]).toMatchObject({ url: '/api/sessions/1/files/main-ABCD1234.js?path=%2Fa%20b' });
    expect(seen[0]?.headers).toMatchObject({
      host: SERVER_NAME,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
    });
    expect(seen[0]?.headers.forwarded).toBeUndefined();
    expect(seen[0]?.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('passes events on as they come', async () => {
    const release = new Promise<() => void>((resolve) => {
      handler = (_req, res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write('id: 1\ndata: first\n\n');
        resolve(() => res.end('id: 2\ndata: second\n\n'));
      };
    });
    const stream = await open('/api/events', { headers: { 'accept-encoding': 'gzip' } });
    expect(String((await once(stream, 'data'))[0])).toBe('id: 1\ndata: first\n\n');
    (await release)();
    expect(String((await once(stream, 'data'))[0])).toBe('id: 2\ndata: second\n\n');
  });

  it('says in the form of the api that the api is away, or that a request is too large', async () => {
    handler = (req) => void req.socket.destroy();
    const away = await get('/api/"quoted"\\/me?x=1', { headers: { 'x-request-id': 'of-the-caller' } });
    expect(away).toMatchObject({
      status: 503,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '5' },
    });
    expect(JSON.parse(away.text)).toMatchObject({
      status: 503,
      code: 'http.503',
      instance: '/api/',
      requestId: 'of-the-caller',
    });
    const large = await get('/api/sessions', { method: 'POST', headers: { 'content-length': 7 * 1024 * 1024 } }).catch(
      String,
    );
    expect(large).toMatchObject({ status: 413, headers: { 'content-type': 'application/problem+json' } });
  });

  it('has neither a certificate nor a page for another name, and only a redirect without TLS', async () => {
    await expect(get('/', { name: 'evil.test' })).rejects.toThrow(/unrecognized name/i);
    const plain = await fetch(`http://127.0.0.1:${nginx.httpPort}/api/auth/me?a=b`, { redirect: 'manual' });
    expect([plain.status, plain.headers.get('location')]).toEqual([301, `https://${SERVER_NAME}/api/auth/me?a=b`]);
  });
});
