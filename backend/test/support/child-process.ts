import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { runsBuilt, runsSource, WATCHES_PARENT } from './sources.js';

/** Output that is kept for the message of a failure, and for tests that read logs. */
const KEPT_BYTES = 4_000_000;

export interface ChildOptions {
  /** Source file, or one that was built, from the workspace's root. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A process of a test's own: it says that it is ready in a JSON line, and ends when the test's process ends. */
export class TestProcess {
  private text = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (part: string) => (this.text = (this.text + part).slice(-KEPT_BYTES)));
    }
  }

  /** @throws Error with the output when the process ends before it is ready. */
  static async start({ file, args = [], env = {} }: ChildOptions): Promise<TestProcess> {
    const runs = file.endsWith('.ts') ? runsSource : runsBuilt;
    const child = spawn(process.execPath, [WATCHES_PARENT, ...runs(file, ...args)], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env, YUDAI_WATCH_PARENT: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const started = new TestProcess(child, file);
    await started.ready();
    return started;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Everything it has printed. */
  get output(): string {
    return this.text;
  }

  /** The JSON lines it has printed, such as its log. */
  get lines(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Where it listens, as it says itself. */
  get port(): number {
    return Number(/"ready":true.*"port":(\d+)/.exec(this.text)?.[1]);
  }

  /** Ends it, by default the ordinary way; resolves when it has ended. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.hasEnded) return;
    const closed = once(this.child, 'close');
    this.child.kill(signal);
    await closed;
  }

  private async ready(): Promise<void> {
    const isReady = await new Promise<boolean>((resolve) => {
      this.child.stdout?.on('data', () => {
        if (this.text.includes('"ready":true')) resolve(true);
      });
      this.child.once('close', () => resolve(false));
    });
    if (!isReady) throw new Error(`${this.name} could not be started:\n${this.text}`);
  }
}
