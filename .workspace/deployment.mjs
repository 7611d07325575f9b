import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';
import { must } from './progress.mjs';

const has = (program, ...args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** Each check of the deployment's files, and why it cannot be made where its program is missing. */
export const deploymentChecks = [
  {
    name: 'docker compose config',
    missing: () => !has('docker', 'compose', 'version') && 'docker compose is not installed',
    run: checkCompose,
  },
  {
    name: 'nginx -t',
    missing: () => !has('nginx', '-v') && 'nginx is not installed',
    run: checkNginx,
  },
];

/** With the example's variables, and something for those that everybody fills in. */
function checkCompose() {
  const example = inRoot('docker/example.env');
  const empty = [...readFileSync(example, 'utf8').matchAll(/^([A-Z_]+)=$/gm)].map(([, name]) => [name, 'x']);
  const env = { ...process.env, ...Object.fromEntries(empty), YUDAI_ENV_FILE: 'example.env' };
  const files = ['--env-file', example, '-f', inRoot('docker/compose.prod.yml')];
  return must('docker compose config', 'docker', ['compose', ...files, 'config', '--quiet'], { env });
}

/** In a copy with our paths, a certificate of its own, and an address in place of the api's name. */
async function checkNginx() {
  const folder = mkdtempSync(join(tmpdir(), 'yudai-nginx-'));
  try {
    const here = (text) =>
      text
        .replaceAll(/\/etc\/nginx\/(?!mime\.types)/g, `${folder}/`)
        .replaceAll('/tmp/', `${folder}/`)
        .replaceAll(/\/dev\/std(err|out)/g, `${folder}/$1.log`)
        .replaceAll('${SERVER_NAME}', 'yudai.example.com')
        .replace('server api:3000', 'server 127.0.0.1:3000');
    for (const name of ['tls', 'conf.d', 'snippets']) mkdirSync(join(folder, name));
    cpSync(inRoot('nginx/snippets'), join(folder, 'snippets'), { recursive: true });
    for (const name of readdirSync(join(folder, 'snippets'))) rewrite(join(folder, 'snippets', name), here);
    for (const name of readdirSync(inRoot('nginx/templates'))) {
      const text = readFileSync(inRoot('nginx/templates', name), 'utf8');
      writeFileSync(join(folder, 'conf.d', name.replace(/\.template$/, '')), here(text));
    }
    writeFileSync(join(folder, 'nginx.conf'), here(readFileSync(inRoot('nginx/nginx.conf'), 'utf8')));
    await makeCertificate(join(folder, 'tls'));
    await must('nginx -t', 'nginx', ['-t', '-q', '-p', folder, '-c', join(folder, 'nginx.conf')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rewrite(file, change) {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function makeCertificate(folder) {
  const [key, certificate] = [join(folder, 'privkey.pem'), join(folder, 'fullchain.pem')];
  const what = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=yudai.example.com'];
  if (existsSync(key)) return undefined;
  return must('openssl', 'openssl', ['req', ...what, '-keyout', key, '-out', certificate]);
}
