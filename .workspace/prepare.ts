import { createHash, type Hash } from 'node:crypto';
import { type Dirent, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { inRoot, ROOT } from './paths.mjs';
import { npm } from './npm.mjs';
import { must, say, step, Stop } from './progress.mjs';

const INSTALLED = inRoot('node_modules/.yudai-installed');
const BUILT = inRoot('dist/.built');

/** What a build is made of. */
const SOURCES = [
  'package-lock.json',
  'tsconfig.base.json',
  'nx.json',
  ...['project.json', 'sbom.mjs', 'licences.json'].map((name) => `.workspace/${name}`),
  ...['project.json', 'tsconfig.json', 'tsconfig.build.json', 'package.json', 'src'].map((name) => `backend/${name}`),
  ...['project.json', 'tsconfig.json', 'src'].map((name) => `migrations/${name}`),
  ...['project.json', 'tsconfig.json', 'tsconfig.app.json', 'src', 'public'].map((name) => `frontend/${name}`),
  ...['project.json', 'tsconfig.json', 'package.json', 'src', 'examples'].map((name) => `frontend/sdk/${name}`),
];
const PROJECTS = ['backend', 'migrations', 'sdk', 'frontend', 'workspace'];
const RESULTS = [
  'dist/backend/main.js',
  'dist/migrations/run.js',
  'dist/sdk/index.js',
  'dist/frontend',
  'dist/sbom.cdx.json',
];

/** The environment for Nx and Angular: no daemon, no telemetry, no questions. */
export const buildEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  CI: 'true',
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  NG_CLI_ANALYTICS: 'false',
  FORCE_COLOR: '0',
});

/** @throws Stop saying how git is had */
export function needGit(): void {
  if (spawnSync('git', ['--version']).status === 0) return;
  throw new Stop(
    'git is missing. Install it (Debian and Ubuntu: apt-get install git · Fedora: dnf install git · macOS: xcode-select --install) and run the same command again.',
  );
}

/** Installs the packages of the lockfile, unless they are there. */
export async function install(): Promise<void> {
  const wanted = digestOf(['package-lock.json', 'package.json', '.npmrc']);
  if (read(INSTALLED) === wanted) {
    say('✓ Packages are installed');
    return;
  }
  await step('Installing packages', async (note) => {
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=http'];
    await npm(process.execPath, args, { what: 'Installing packages', cwd: ROOT, note: (line) => note(shorter(line)) });
  });
  keep(INSTALLED, wanted);
}

/** npm's line about a package that it has fetched, without the address. */
function shorter(line: string): string {
  const [, name] = /GET \d+ \S+?\/((?:@[^/\s]+(?:\/|%2f))?[^/\s]+)(?:\/-\/|\s)/.exec(line) ?? [];
  return name ? decodeURIComponent(name) : '';
}

/** Builds what runs, unless nothing has changed since the last time. */
export async function build(): Promise<void> {
  const wanted = digestOf(SOURCES);
  if (read(BUILT) === wanted && RESULTS.every((path) => existsSync(inRoot(path)))) {
    say('✓ The build is up to date');
    return;
  }
  // What is half built must not pass for built.
  rmSync(BUILT, { force: true });
  await step('Building', async (note) => {
    await nx(['run-many', '-t', 'build', '-p', PROJECTS.join(',')], 'The build', note);
  });
  keep(BUILT, wanted);
}

/** Runs Nx. @throws Stop with the end of its output */
export function nx(args: readonly string[], what: string, note: (line: string) => void): Promise<string[]> {
  const program = [inRoot('node_modules/nx/dist/bin/nx.js'), ...args, '--outputStyle=stream'];
  return must(what, process.execPath, program, { cwd: ROOT, env: buildEnvironment(), note });
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) add(hash, path);
  return hash.digest('hex');
}

function add(hash: Hash, path: string): void {
  const full = inRoot(path);
  let entries: Dirent[];
  try {
    entries = readdirSync(full, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    if (code !== 'ENOTDIR') throw error;
    hash.update(`${path}\0`).update(readFileSync(full));
    return;
  }
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!name.endsWith('.spec.ts')) add(hash, `${path}/${name}`);
  }
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function keep(file: string, digest: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, digest);
}

export const inDist = (...parts: string[]): string => join(inRoot('dist'), ...parts);
