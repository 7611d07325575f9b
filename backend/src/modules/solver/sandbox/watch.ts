import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { GATE_FD } from './confinement.js';
import type { CommandOptions, CommandResult, SandboxLimits } from './sandbox.js';
import { treeSize } from './tree-size.js';

const DISK_CHECK_MS = 1_000;

type Ended = NonNullable<CommandResult['ended']>;

/** A process that there is. */
export interface Begun extends ChildProcess {
  readonly pid: number;
}

/** Ends a command from outside: when its time is up, when it is cancelled, when the tree has grown too large. */
export class Watch {
  ended: Ended | undefined;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly cancel = (): void => this.end('cancelled');
  private child: Begun | undefined;

  constructor(
    private readonly tree: string,
    private readonly limits: SandboxLimits,
    private readonly options: CommandOptions,
  ) {}

  over(child: Begun): void {
    this.child = child;
    this.timers.push(setTimeout(() => this.end('timeout'), this.options.seconds * 1_000));
    this.timers.push(setInterval(() => void this.measure(), DISK_CHECK_MS));
    this.options.signal.addEventListener('abort', this.cancel, { once: true });
    // Whoever was begun by then and has no end of its own would hold the pipes open.
    child.once('exit', () => kill(-child.pid));
    if (this.options.signal.aborted) this.cancel();
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.options.signal.removeEventListener('abort', this.cancel);
  }

  /**
   * Once the confinement stands, the first process in its namespace takes all others with it. Before, what was begun is in
   * one process group, and what has just left that finds the gate shut.
   */
  private end(reason: Ended): void {
    this.ended ??= reason;
    const { child } = this;
    if (!child) return;
    if (isOver(child)) {
      // Whoever holds its pipes still is not waited for.
      for (const pipe of child.stdio) pipe?.destroy();
      return;
    }
    (child.stdio[GATE_FD] as Duplex).destroy();
    // Read before their parent is gone: who is first in a namespace may have asked not to go with that.
    const begun = childrenOf(child.pid);
    kill(-child.pid);
    begun.forEach(kill);
  }

  private async measure(): Promise<void> {
    const most = this.limits.diskMb * 1024 * 1024;
    if ((await treeSize(this.tree, most)) > most) this.end('disk');
  }
}

const isOver = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** The processes that a process has begun (proc_pid_task(5)); none where that cannot be told. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** A process, or all of a group at the same moment. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself in the meantime
  }
}
