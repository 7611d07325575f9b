import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** How the repository's own tests are run. */
export interface TestPlan {
  readonly command: string;
  readonly format: 'node' | 'pytest' | 'go' | 'cargo' | 'other';
}

/** What a package.json says when nobody wrote a test script. */
const NPM_PLACEHOLDER = /no test specified/;
const MANIFEST_LIMIT = 1_000_000;

/** Reads a manifest of an untrusted tree: a link could lead to a file of the server, so it is not followed. */
async function read(tree: string, path: string): Promise<string | undefined> {
  const file = await open(join(tree, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => undefined,
  );
  if (!file) return undefined;
  try {
    const stat = await file.stat();
    return stat.isFile() && stat.size <= MANIFEST_LIMIT ? await file.readFile('utf8') : undefined;
  } finally {
    await file.close();
  }
}

async function ofNode(tree: string): Promise<TestPlan | undefined> {
  const text = await read(tree, 'package.json');
  if (text === undefined) return undefined;
  try {
    const manifest = JSON.parse(text) as { scripts?: { test?: unknown } } | null;
    const script = manifest?.scripts?.test;
    if (typeof script !== 'string' || script.trim() === '' || NPM_PLACEHOLDER.test(script)) return undefined;
    // The script itself rather than `npm test`: the sandbox has Node.js for certain, npm only where the machine has it.
    return { command: `export PATH="$PWD/node_modules/.bin:$PATH"; ${script}`, format: 'node' };
  } catch {
    return undefined;
  }
}

async function ofPython(tree: string): Promise<TestPlan | undefined> {
  const [pytest, project, setup, tox] = await Promise.all(
    ['pytest.ini', 'pyproject.toml', 'setup.cfg', 'tox.ini'].map((path) => read(tree, path)),
  );
  const configured = pytest !== undefined || [project, setup, tox].some((text) => text?.includes('pytest'));
  return configured ? { command: 'python3 -m pytest -q --maxfail=50', format: 'pytest' } : undefined;
}

async function ofGo(tree: string): Promise<TestPlan | undefined> {
  return (await read(tree, 'go.mod')) === undefined ? undefined : { command: 'go test -v ./...', format: 'go' };
}

async function ofRust(tree: string): Promise<TestPlan | undefined> {
  return (await read(tree, 'Cargo.toml')) === undefined
    ? undefined
    : { command: 'cargo test --offline', format: 'cargo' };
}

async function ofMake(tree: string): Promise<TestPlan | undefined> {
  const text = await read(tree, 'Makefile');
  return text !== undefined && /^test\s*:/m.test(text) ? { command: 'make test', format: 'other' } : undefined;
}

/** Finds how a work tree's tests are run, from its manifests; undefined where none says so. */
export async function findTestPlan(tree: string): Promise<TestPlan | undefined> {
  for (const find of [ofNode, ofPython, ofGo, ofRust, ofMake]) {
    const plan = await find(tree);
    if (plan) return plan;
  }
  return undefined;
}
