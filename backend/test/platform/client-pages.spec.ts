import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anonymous, type Stack, startApi, startStack, type TestApi } from '../support/index.js';

describe('the client that the api serves', () => {
  let stack: Stack;
  let api: TestApi;
  beforeAll(async () => {
    stack = await startStack();
    const client = join(stack.folder, 'client');
    mkdirSync(join(client, 'assets'), { recursive: true });
    writeFileSync(
      join(client, 'index.html'),
      '<html><style nonce="__CSP_NONCE__"></style><app nonce="__CSP_NONCE__"></app></html>',
    );
    writeFileSync(join(client, 'main-ABCD1234.js'), 'export {};');
    writeFileSync(join(client, 'assets', 'icon.svg'), '<svg/>');
    writeFileSync(join(stack.folder, 'secret.txt'), 'a secret beside the client');
    api = await startApi(stack, { CLIENT_DIR: client });
  });
  afterAll(() => stack.stop());

  const open = (path: string, accept = 'text/html') => anonymous(api).get(path, { accept });

  it('gives its page at every address of its own, with a nonce that is new each time and stands in the policy', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/sign-in?error=state', '/s/some-id/issues/other', '/audit']) {
      const { status, headers, text } = await open(path);
      expect([path, status, headers['cache-control']]).toEqual([path, 200, 'no-store']);
      const [, nonce = ''] = /nonce="([^"]+)"/.exec(text) ?? [];
      expect(text).not.toContain('__CSP_NONCE__');
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(4);
  });

  it('keeps files for ever whose names say what is in them, others not', async () => {
    const script = await open('/main-ABCD1234.js', '*/*');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(script.headers['content-type']).toContain('javascript');
    expect((await open('/assets/icon.svg', '*/*')).headers['cache-control']).toBe('no-cache');
  });

  it('is never taken for the API, and gives nothing from beside it', async () => {
    for (const path of ['/api/nothing', '/api', '/api/sessions/x']) {
      const { headers, status } = await open(path);
      expect([path, headers['content-type']]).toEqual([path, expect.stringContaining('application/problem+json')]);
      expect(status).toBeGreaterThanOrEqual(401);
    }
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5csecret.txt',
      '/index.html/../../secret.txt',
    ]) {
      const answer = await fetch(`${api.url}${path}`, { headers: { accept: '*/*' } });
      expect(await answer.text()).not.toContain('a secret beside the client');
    }
    expect((await open('/missing-script.js', 'application/javascript')).status).toBe(404);
  });
});
