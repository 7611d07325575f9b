import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { GATE_FD } from './confinement.js';
import type { CommandOptions, CommandResult, SandboxLimits } from './sandbox.js';
import { treeSize } from './tree-size.js';

const DISK_CHECK_MS = 1_000;
const LETTING_GO_MS = 2_000;

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
    child.once('exit', () => this.follow(child));
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
    if (child.exitCode !== null || child.signalCode !== null) {
      letGo(child);
      return;
    }
    (child.stdio[GATE_FD] as Duplex).destroy();
    killGroup(child);
  }

  /** Whoever was begun and has no end of its own holds the pipes open. */
  private follow(child: Begun): void {
    killGroup(child);
    if (this.ended) this.timers.push(setTimeout(() => letGo(child), LETTING_GO_MS));
  }

  private async measure(): Promise<void> {
    const most = this.limits.diskMb * 1024 * 1024;
    if ((await treeSize(this.tree, most)) > most) this.end('disk');
  }
}

/** Whoever holds the pipes still is not waited for. */
function letGo(child: Begun): void {
  for (const pipe of child.stdio) pipe?.destroy();
}

/** A process and those that it has begun and that did not leave its group, all at the same moment. */
function killGroup({ pid }: Begun): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it ended by itself in the meantime
  }
}
