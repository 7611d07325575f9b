import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TestProcess } from './child-process.js';
import { ROOT, runsSource } from './sources.js';

const SCHEMA = join(ROOT, 'migrations', 'src');
const TEMPLATES = join(ROOT, 'dist', 'test');

/** Brings a database to the newest schema, the way a deployment does. */
export async function migrate(databaseUrl: string): Promise<void> {
  await promisify(execFile)(process.execPath, runsSource('migrations/src/run.ts'), {
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
}

/** Changes with whatever shapes an empty database. */
export function schemaDigest(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(SCHEMA, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(SCHEMA, name)));
  }
  hash.update(readFileSync(join(ROOT, 'node_modules/@electric-sql/pglite/package.json')));
  return hash.digest('hex').slice(0, 12);
}

/** A folder for the embedded server that holds a migrated, empty database; made once and copied for each test file. */
export async function copyMigratedFolder(target: string): Promise<void> {
  const template = join(TEMPLATES, `postgres-${schemaDigest()}`);
  if (!existsSync(template)) await makeTemplate(template);
  await cp(template, target, { recursive: true });
}

async function makeTemplate(template: string): Promise<void> {
  await mkdir(TEMPLATES, { recursive: true });
  const scratch = await mkdtemp(join(TEMPLATES, 'new-'));
  const folder = join(scratch, 'postgres');
  const server = await TestProcess.start({ file: 'backend/src/local/postgres/main.ts', args: [folder] });
  await migrate(`postgres://postgres@127.0.0.1:${server.port}/postgres`).finally(() => server.end());
  // Whoever was first has made the same.
  await rename(folder, template).catch(() => undefined);
  await rm(scratch, { recursive: true, force: true });
}
