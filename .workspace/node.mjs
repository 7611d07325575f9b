import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { inRoot } from './paths.mjs';
import { npm } from './npm.mjs';
import { Stop, step } from './progress.mjs';

/**
 * The project's Node.js. This file and what it imports run on every Node.js from 20 on and need no package.
 * What fits is stated once, in package.json's `engines`; what is fetched, in node-lock.json, with its checksum.
 */
const FOLDER = inRoot('.node');
const lock = /** @type {{ name: string, version: string, integrity: string }} */ (
  readJson('.workspace/node-lock.json')
);
const brought = join(FOLDER, 'node_modules', lock.name, 'bin', 'node');

/**
 * Whether a version lies in a range like `>=24.15.0 <25`, the only form that is used.
 * @param {string} version
 * @param {string} range
 */
export function fits(version, range = enginesOfProject()) {
  const [, least, below] = /^>=(\d+\.\d+\.\d+) <(\d+)$/.exec(range) ?? [];
  if (!least) throw new Error(`engines.node is not in the form that node.mjs reads: ${range}`);
  return (
    ordinal(version.replace(/^v/, '')) >= ordinal(least) && ordinal(version.replace(/^v/, '')) < ordinal(`${below}.0.0`)
  );
}

function enginesOfProject() {
  return /** @type {{ engines: { node: string } }} */ (readJson('package.json')).engines.node;
}

/**
 * @param {string} path from the workspace's root
 * @returns {unknown}
 */
function readJson(path) {
  return JSON.parse(readFileSync(inRoot(path), 'utf8'));
}

/**
 * `24.15.0` as one number, to compare by.
 * @param {string} version
 */
function ordinal(version) {
  return version.split('.').reduce((number, part) => number * 10_000 + Number(part), 0);
}

/**
 * @param {string} program
 * @returns what it says of itself; undefined when it does not run here
 */
function versionOf(program) {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** @returns a Node.js that fits: the one that runs this, or one that is kept in `.node`. */
export async function projectNode() {
  if (fits(process.version)) return process.execPath;
  if (existsSync(brought) && fits(versionOf(brought) ?? 'v0.0.0')) return brought;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Stop(
      `Yudai needs Node.js ${readFileSync(inRoot('.node-version'), 'utf8').trim()}, and this is ${process.version}. It can be brought automatically on Linux x64 only (this is ${process.platform} ${process.arch}): install it from https://nodejs.org and run the same command again.`,
    );
  }
  await step(`Bringing Node.js ${lock.version} (this machine has ${process.version})`, (note) => fetchNode(note));
  if (fits(versionOf(brought) ?? 'v0.0.0')) return brought;
  throw new Stop(
    `Node.js ${lock.version} was brought but does not run here (it needs glibc). Install Node.js ${lock.version} from your system's packages and run the same command again.`,
  );
}

/**
 * npm compares the package with the checksum in this lockfile, and runs no script of it.
 * @param {(text: string) => void} note
 */
async function fetchNode(note) {
  mkdirSync(FOLDER, { recursive: true });
  const dependencies = { [lock.name]: lock.version };
  const entry = { version: lock.version, integrity: lock.integrity };
  const files = {
    'package.json': { name: 'node', version: '0.0.0', private: true, dependencies },
    'package-lock.json': {
      name: 'node',
      version: '0.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: 'node', version: '0.0.0', dependencies }, [`node_modules/${lock.name}`]: entry },
    },
  };
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(FOLDER, name), JSON.stringify(content, null, 2));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  await npm(process.execPath, args, { what: 'Fetching Node.js', cwd: FOLDER, note });
}

/**
 * An environment in which `node` is this one, for the programs of packages.
 * @param {string} node
 */
export function environmentWith(node, env = process.env) {
  const path = [dirname(node), inRoot('node_modules/.bin'), env.PATH].filter(Boolean).join(delimiter);
  return { ...env, PATH: path };
}
