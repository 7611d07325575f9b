import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { clientFiles, cspNonce } from '../../src/platform/http/client-files.js';

/** Long enough to be worth compressing. */
const script = `console.log(${JSON.stringify('word '.repeat(2_000))});\n`;

describe('the client, served by the api itself', () => {
  let folder: string;
  const app = express();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yudai-client-'));
    writeFileSync(join(folder, 'index.html'), '<script nonce="__CSP_NONCE__" src="/chunk-C-gj_os4.js"></script>');
    writeFileSync(join(folder, 'chunk-C-gj_os4.js'), script);
    writeFileSync(join(folder, 'theme.js'), script);
    app.use(cspNonce, clientFiles(folder));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const get = (path: string, encodings: string) =>
    request(app)
      .get(path)
      .set('Accept-Encoding', encodings)
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = [];
        res.on('data', (part: Buffer) => parts.push(part));
        res.on('end', () => done(null, Buffer.concat(parts)));
      });

  it('sends scripts compressed, to whoever understands it', async () => {
    const { headers } = await get('/chunk-C-gj_os4.js', 'br');
    expect(headers['content-encoding']).toBe('br');
    expect(Number(headers['content-length'])).toBeLessThan(script.length / 10);
    const plain = await get('/chunk-C-gj_os4.js', 'identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['content-length']).toBe(String(script.length));
  });

  it('sends what was written, and says that it depends on what is understood', async () => {
    const { headers } = await get('/theme.js', 'gzip');
    expect([headers['content-encoding'], headers['vary']]).toEqual(['gzip', 'Accept-Encoding']);
    expect(headers['content-type']).toMatch(/^text\/javascript/);
    const { text } = await request(app).get('/theme.js').set('Accept-Encoding', 'gzip');
    expect(text).toBe(script);
    expect(() => gunzipSync(Buffer.from(text))).toThrow();
  });

  it('lets browsers keep what has its content in its name, and nothing else', async () => {
    expect((await get('/chunk-C-gj_os4.js', 'br')).headers['cache-control']).toContain('immutable');
    expect((await get('/theme.js', 'br')).headers['cache-control']).toBe('no-cache');
    expect((await get('/s/1', 'br')).headers['cache-control']).toBe('no-store');
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json'])(
    'gives nothing away that is not the client: %s',
    async (path) => {
      const answer = await get(path, 'br').set('Accept', 'text/html');
      expect(String(answer.body)).not.toContain('dependencies');
    },
  );
});
