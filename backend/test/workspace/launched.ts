import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reservePort } from '../support/ports.js';
import { ROOT } from '../support/sources.js';
import { waitFor } from '../support/wait-for.js';

const PROGRAM = join(ROOT, 'dist/backend/local/launcher/main.js');
const CHILDREN = ['postgres', 'redis', 'forge', 'model', 'api', 'worker'] as const;
export type ChildName = (typeof CHILDREN)[number];

export function dataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'yudai-launcher-'));
}

/** The launcher as `npm start` runs it once everything is built. */
export class Launched {
  private text = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
    readonly port: number,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (part: string) => (this.text += part));
    }
  }

  static async start(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Launched> {
    if (!existsSync(PROGRAM)) throw new Error('The launcher is tested as it is built: npm run build');
    const port = Number(env['PORT'] ?? (await reservePort()));
    const child = spawn(process.execPath, [PROGRAM], {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        YUDAI_DATA: folder,
        YUDAI_WATCH_PARENT: '1',
        LOG_LEVEL: 'warn',
        ...env,
        PORT: String(port),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const launched = new Launched(child, folder, port);
    await Promise.race([
      waitFor('the announcement', () => launched.text.includes('Yudai is at'), 120_000),
      once(child, 'close'),
    ]);
    return launched;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  get code(): number | null {
    return this.child.exitCode;
  }

  get output(): string {
    return this.text;
  }

  get lastLine(): string {
    return this.text.trimEnd().split('\n').at(-1) ?? '';
  }

  /** Process ids of the children that were started last, once all of them run. */
  async pids(): Promise<number[]> {
    const read = (): number[] => CHILDREN.map((name) => this.pidOf(name));
    await waitFor('all children', () => !read().some(Number.isNaN));
    return read();
  }

  pidOf(name: ChildName): number {
    const file = join(this.folder, 'logs', `${name}.log`);
    const log = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return Number([...log.matchAll(/"ready":true.*?"pid":(\d+)/g)].at(-1)?.[1]);
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = once(this.child, 'close');
    this.child.kill(signal);
    await closed;
  }

  /** Also removes what it kept. */
  async remove(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie has ended; it only waits for somebody to ask how.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
