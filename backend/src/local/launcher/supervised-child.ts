import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalServerError } from '../support/child.js';
import { LogFile } from './log-file.js';
import { say } from './progress.js';

export interface ChildPlan {
  /** For people: "the database". */
  readonly name: string;
  /** Arguments for Node. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly log: string;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** Having run this long, a child is well again. */
const WELL_MS = 30_000;
const START_MS = 90_000;
const END_MS = 20_000;
/** The line of JSON among whatever else a server prints, and more than enough to hold it. */
const READY = /^\{"ready":true.*\}$/m;
const READY_BYTES = 2_000;

/** A child process that is started again whenever it ends by itself. */
export class SupervisedChild {
  private readonly log: LogFile;
  private process: ChildProcess | undefined;
  private stopping = false;
  private pauseMs = FIRST_PAUSE_MS;

  constructor(private readonly plan: ChildPlan) {
    this.log = new LogFile(plan.log);
  }

  /** Resolves when it is ready. @throws LocalServerError with its own words when it ends before, or takes too long */
  async start(): Promise<void> {
    const child = this.spawn();
    const failure = await this.readiness(child);
    if (failure === undefined) {
      this.superviseFrom(child, Date.now());
      return;
    }
    this.stopping = true;
    throw new LocalServerError(`${capital(this.plan.name)} could not start: ${failure} (Log: ${this.plan.log})`);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.process;
    if (child && !hasEnded(child)) {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), END_MS);
      await ended;
      clearTimeout(killer);
    }
    await this.log.close();
  }

  kill(): void {
    this.stopping = true;
    this.process?.kill('SIGKILL');
  }

  /** A group of its own, so that Ctrl-C reaches only us and we end all in order; the pipe tells it when we are gone. */
  private spawn(): ChildProcess {
    this.log.forget();
    const child = spawn(process.execPath, this.plan.args, {
      env: { ...this.plan.env, YUDAI_WATCH_PARENT: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    child.stdin.on('error', () => undefined);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.log.write(text));
    }
    this.process = child;
    return child;
  }

  /** @returns why it did not become ready. */
  private async readiness(child: ChildProcess): Promise<string | undefined> {
    const ready = new Promise<boolean>((resolve) => {
      let printed = '';
      child.stdout?.on('data', (text: string) => {
        printed = (printed + text).slice(-READY_BYTES);
        if (READY.test(printed)) resolve(true);
      });
    });
    const closed = once(child, 'close').then(() => false);
    const late = new AbortController();
    const tooLong = pause(START_MS, false, { signal: late.signal }).catch(() => false);
    const isReady = await Promise.race([ready, closed, tooLong]);
    late.abort();
    if (isReady) return undefined;
    if (hasEnded(child))
      return this.log.lastWords || `it ended with code ${child.exitCode ?? child.signalCode ?? '?'}.`;
    child.kill('SIGKILL');
    return `it did not answer within ${START_MS / 1_000} s.`;
  }

  private superviseFrom(child: ChildProcess, since: number): void {
    const again = (): void => {
      if (this.stopping) return;
      if (Date.now() - since > WELL_MS) this.pauseMs = FIRST_PAUSE_MS;
      void this.restart();
    };
    if (hasEnded(child)) again();
    else child.once('close', again);
  }

  private async restart(): Promise<void> {
    for (;;) {
      const { name, log } = this.plan;
      say(`${capital(name)} has ended by itself; it is started again in ${this.pauseMs / 1_000} s (log: ${log}).`);
      await pause(this.pauseMs);
      this.pauseMs = Math.min(2 * this.pauseMs, LONGEST_PAUSE_MS);
      if (this.stopping) return;
      const child = this.spawn();
      if ((await this.readiness(child)) !== undefined) continue;
      say(`${capital(name)} runs again.`);
      this.superviseFrom(child, Date.now());
      return;
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
