import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** What was built; another build can be named. */
const dist = process.env['E2E_DIST'] ?? join(import.meta.dirname, '../../../dist');
const launcher = join(dist, 'backend/local/launcher/main.js');
const longestStart = 180_000;
const databasePassword = `database-password-${randomUUID()}`;
/** People do not send as fast as tests do. */
const noLimits = Object.fromEntries(
  ['SIGN_IN', 'REPOSITORIES', 'SEARCH', 'CHAT', 'DRAFT', 'PUBLISH', 'SOLVE', 'DEFAULT'].map((name) => [
    `LIMIT_${name}`,
    '100000',
  ]),
);

/** A fault that the forge or the model is told to have, in its own words. */
export interface Fault {
  readonly kind: string;
  readonly match?: string;
  readonly times?: number;
  readonly ms?: number;
  readonly after?: number;
}

/** What the model says in one answer. */
export interface Turn {
  readonly text?: string;
  readonly tool?: { readonly name: string; readonly argument: Readonly<Record<string, unknown>> };
}

/** The built product with its local servers, on a data folder of its own. */
export class Product {
  readonly url: string;
  /** Everything that it and its servers keep. */
  readonly folder: string;
  private readonly child: ChildProcess;

  private constructor(url: string, folder: string, child: ChildProcess) {
    this.url = url;
    this.folder = folder;
    this.child = child;
  }

  /** @throws Error with what it printed when it does not come up */
  static async start(): Promise<Product> {
    const folder = mkdtempSync(join(tmpdir(), 'yudai-e2e-'));
    const port = await freePort();
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', launcher], {
      env: {
        ...process.env,
        ...noLimits,
        MAX_OPEN_SOLVES_PER_USER: '100',
        // The local database asks for none; the product has it all the same, and must keep it to itself.
        PGPASSWORD: databasePassword,
        PORT: String(port),
        YUDAI_DATA: folder,
        YUDAI_WATCH_PARENT: '1',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let printed = '';
    const ready = new Promise<string>((resolve, reject) => {
      const hear = (text: string): void => {
        printed += text;
        const [, url] = /Yudai is at (\S+)/.exec(printed) ?? [];
        if (url) resolve(url);
      };
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear);
      child.once('exit', () => reject(new Error(`The product did not start:\n${printed}`)));
      setTimeout(() => reject(new Error(`The product took too long to start:\n${printed}`)), longestStart).unref();
    });
    try {
      return new Product(await ready, folder, child);
    } catch (error) {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = once(this.child, 'close');
      this.child.kill('SIGTERM');
      await Promise.race([ended, pause(40_000).then(() => this.child.kill('SIGKILL'))]);
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Where the local forge answers. */
  get forgeUrl(): string {
    return `http://127.0.0.1:${this.port('forge')}`;
  }

  /** The product's own database. */
  get databaseUrl(): string {
    return `postgres://postgres@127.0.0.1:${this.port('postgres')}/postgres`;
  }

  /** The product's own Redis. */
  get redisUrl(): string {
    return `redis://127.0.0.1:${this.port('redis')}`;
  }

  forgeFault(fault: Fault): Promise<unknown> {
    return send('POST', `${this.forgeUrl}/_forge/faults`, fault);
  }

  modelFault(fault: Fault): Promise<unknown> {
    return send('POST', `${this.modelUrl}/_model/faults`, fault);
  }

  /** Whether the forge still honours what somebody has granted. */
  grant(login: string, revoked: boolean): Promise<unknown> {
    return send('POST', `${this.forgeUrl}/_forge/users/${login}/grant`, { revoked });
  }

  /** Work while the product's database lacks a table. */
  async without<T>(table: string, work: () => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      await client.query(`ALTER TABLE ${table} RENAME TO ${table}_gone`);
      return await work();
    } finally {
      await client.query(`ALTER TABLE ${table}_gone RENAME TO ${table}`);
      await client.end();
    }
  }

  /** What the model answers, one turn a request, to requests that contain a text. */
  modelSays(match: string, turns: readonly Turn[]): Promise<unknown> {
    return send('POST', `${this.modelUrl}/_model/scripts`, { match, turns });
  }

  /** Everything that the model was asked, as it was sent. */
  async prompts(): Promise<string> {
    return JSON.stringify(await send('GET', `${this.modelUrl}/_model/ledger`));
  }

  /** A repository on the forge, by its owner/name. */
  makeRepository(name: string, description: string, files: Readonly<Record<string, string>>): Promise<unknown> {
    return send('POST', `${this.forgeUrl}/_forge/repositories`, { name, description, files });
  }

  /** A commit on top of a branch, which begins at the default branch's head. Files are whole texts by their paths. */
  commit(name: string, branch: string, message: string, files: Readonly<Record<string, string>>): Promise<unknown> {
    return send('POST', `${this.forgeUrl}/_forge/repositories/${name}/commits`, { branch, message, files });
  }

  /** Changes what the product keeps, as time would have done. */
  async age(statement: string, parameters: readonly unknown[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      await client.query(statement, [...parameters]);
    } finally {
      await client.end();
    }
  }

  /** What nobody but the product and its servers may know, by what it is. */
  secrets(): Readonly<Record<string, string>> {
    const made = JSON.parse(readFileSync(join(this.folder, 'secrets.json'), 'utf8')) as Record<string, string>;
    return { ...made, databasePassword };
  }

  /** Kills a process of the product as a machine does that has no memory left; it is started again. */
  killProcess(name: 'api' | 'worker'): void {
    const program = name === 'api' ? 'backend/main.js' : 'backend/worker.js';
    const isIt = (pid: string): boolean => {
      try {
        const parent = /^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return Number(parent) === this.child.pid && command.includes(program);
      } catch {
        return false;
      }
    };
    const found = readdirSync('/proc').find((id) => /^\d+$/.test(id) && isIt(id));
    if (found === undefined) throw new Error(`No ${name} runs.`);
    process.kill(Number(found), 'SIGKILL');
  }

  async noFaults(): Promise<void> {
    await send('DELETE', `${this.forgeUrl}/_forge/faults`);
    await send('DELETE', `${this.modelUrl}/_model/faults`);
    await send('DELETE', `${this.modelUrl}/_model/scripts`);
  }

  private get modelUrl(): string {
    return `http://127.0.0.1:${this.port('model')}`;
  }

  private port(name: string): number {
    const ports = JSON.parse(readFileSync(join(this.folder, 'ports.json'), 'utf8')) as Record<string, number>;
    const port = ports[name];
    if (port === undefined) throw new Error(`There is no server named ${name}.`);
    return port;
  }
}

async function send(method: string, url: string, body?: unknown): Promise<unknown> {
  const init =
    body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, { method, ...init });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
