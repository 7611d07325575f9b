import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { TestProcess } from './child-process.js';
import { copyMigratedFolder, migrate, schemaDigest } from './migrated.js';

/** A server of a stack; `stop` also removes what it kept. */
export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** PGlite with a migrated database, in a folder that the stack removes. */
export async function embeddedDatabase(folder: string): Promise<Server> {
  const data = join(folder, 'postgres');
  await copyMigratedFolder(data);
  const server = await TestProcess.start({ file: 'backend/src/local/postgres/main.ts', args: [data] });
  return { url: `postgres://postgres@127.0.0.1:${server.port}/postgres`, stop: () => server.end() };
}

/** A database of its own on a real server, copied from a migrated one. */
export async function realDatabase(serverUrl: string): Promise<Server> {
  const template = `yudai_template_${schemaDigest()}`;
  const name = `yudai_test_${randomBytes(6).toString('hex')}`;
  await using(serverUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) await makeTemplate(client, serverUrl, template);
    await copy(client, template, name);
  });
  return {
    url: named(serverUrl, name),
    stop: () => using(serverUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

/** A database without any table, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<Server> {
  const { TEST_DATABASE_URL: realUrl } = process.env;
  if (realUrl) {
    const name = `yudai_test_${randomBytes(6).toString('hex')}`;
    await using(realUrl, (client) => client.query(`CREATE DATABASE ${name}`));
    const drop = (client: Client): Promise<unknown> => client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    return { url: named(realUrl, name), stop: () => using(realUrl, drop) };
  }
  const folder = await mkdtemp(join(tmpdir(), 'yudai-test-'));
  const args = [join(folder, 'postgres')];
  const server = await TestProcess.start({ file: 'backend/src/local/postgres/main.ts', args });
  const stop = async (): Promise<void> => {
    await server.end();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `postgres://postgres@127.0.0.1:${server.port}/postgres`, stop };
}

async function makeTemplate(client: Client, serverUrl: string, template: string): Promise<void> {
  const scratch = `${template}_${randomBytes(4).toString('hex')}`;
  await client.query(`CREATE DATABASE ${scratch}`);
  await migrate(named(serverUrl, scratch));
  try {
    await client.query(`ALTER DATABASE ${scratch} RENAME TO ${template}`);
  } catch {
    // Whoever was first has made the same.
    await client.query(`DROP DATABASE ${scratch} WITH (FORCE)`);
  }
}

/** Only one copy of a database is made at a time; the others wait for their turn. */
async function copy(client: Client, template: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      return;
    } catch (error) {
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function using(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await work(client).finally(() => client.end());
}

function named(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
