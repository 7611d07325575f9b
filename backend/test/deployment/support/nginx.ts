import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reservePort } from '../../support/ports.js';
import { waitFor } from '../../support/wait-for.js';
import { NGINX } from './files.js';
import { find } from './programs.js';

export const SERVER_NAME = 'yudai.test';

/** The programs that are needed to try the configuration. */
export const PROGRAMS = ['nginx', 'openssl'];

const PAGE = '<!doctype html><app-root ngCspNonce="__CSP_NONCE__"></app-root>';

/** The configuration as the image renders it, in a folder of a test's own, with a certificate and a client to serve. */
export class TestNginx {
  private constructor(
    readonly folder: string,
    readonly ca: string,
    readonly httpPort: number,
    readonly httpsPort: number,
  ) {}

  static async render(apiAddress: string): Promise<TestNginx> {
    const folder = mkdtempSync(join(tmpdir(), 'yudai-nginx-'));
    // Where root starts nginx its workers are somebody else.
    chmodSync(folder, 0o755);
    for (const name of ['tls', 'html', 'tmp', 'conf.d', 'logs']) mkdirSync(join(folder, name));
    cpSync(NGINX, folder, { recursive: true });
    writeFileSync(join(folder, 'mime.types'), 'types { text/html html; application/javascript js; }');
    writeFileSync(join(folder, 'html/index.html'), PAGE);
    writeFileSync(join(folder, 'html/main-ABCD1234.js'), 'export {};');
    makeCertificate(join(folder, 'tls'));
    const [httpPort, httpsPort] = [await reservePort(), await reservePort()];
    const values: Readonly<Record<string, string>> = {
      SERVER_NAME,
      API_ADDRESS: apiAddress,
      NGINX_LOCAL_RESOLVERS: '127.0.0.1',
    };
    for (const name of ['nginx.conf', 'templates/yudai.conf.template', ...snippets()]) {
      const text = readFileSync(join(NGINX, name), 'utf8')
        .replace(/\$\{([A-Z_]+)\}/g, (whole, key: string) => values[key] ?? whole)
        .replaceAll(' /tmp/', ` ${folder}/tmp/`)
        .replaceAll('/dev/stdout', `${folder}/logs/access.log`)
        .replaceAll('/etc/nginx/', `${folder}/`)
        .replaceAll('/usr/share/nginx/html', `${folder}/html`)
        .replaceAll('listen 8080', `listen 127.0.0.1:${httpPort}`)
        .replaceAll('listen 8443', `listen 127.0.0.1:${httpsPort}`);
      const target = name.replace('templates/', 'conf.d/').replace('.template', '');
      writeFileSync(join(folder, target), forVersion(text, nginxVersion()));
    }
    return new TestNginx(folder, readFileSync(join(folder, 'tls/fullchain.pem'), 'utf8'), httpPort, httpsPort);
  }

  /** What `nginx -t` says; it throws with nginx's own words when the configuration cannot be used. */
  check(): void {
    execFileSync(find('nginx') ?? '', [...this.args, '-t'], { stdio: 'pipe' });
  }

  /** @returns how to end it */
  async start(): Promise<() => Promise<void>> {
    const child = spawn(find('nginx') ?? '', [...this.args, '-g', 'daemon off;'], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    await waitFor('nginx', () => child.exitCode === null && answers(this.httpsPort));
    return async () => {
      child.kill('SIGTERM');
      await ended;
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get args(): string[] {
    return ['-e', 'stderr', '-p', this.folder, '-c', join(this.folder, 'nginx.conf')];
  }
}

const snippets = (): string[] => readdirSync(join(NGINX, 'snippets')).map((name) => `snippets/${name}`);

function nginxVersion(): readonly [number, number, number] {
  const { stderr } = spawnSync(find('nginx') ?? '', ['-v'], { encoding: 'utf8' });
  const [, major = '0', minor = '0', patch = '0'] = /nginx\/(\d+)\.(\d+)\.(\d+)/.exec(stderr) ?? [];
  return [Number(major), Number(minor), Number(patch)];
}

/** The image has nginx 1.28. An older one on this machine wants two things said in another way, or not at all. */
function forVersion(text: string, [major, minor, patch]: readonly [number, number, number]): string {
  const number = major * 1e6 + minor * 1e3 + patch;
  let result = text;
  if (number < 1_025_001) result = result.replace(/ ssl;\n\s*http2 on;/, ' ssl http2;');
  if (number < 1_027_003) result = result.replace(/(server \S+) resolve;/, '$1;');
  return result;
}

function makeCertificate(folder: string): void {
  const subject = ['-subj', `/CN=${SERVER_NAME}`, '-addext', `subjectAltName=DNS:${SERVER_NAME}`];
  const files = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...subject, ...files], { stdio: 'pipe' });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
