import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { GATE_FD } from './confinement.js';
import type { CommandOptions, CommandResult, SandboxLimits } from './sandbox.js';
import { treeSize } from './tree-size.js';

const DISK_CHECK_MS = 1_000;

type Ended = NonNullable<CommandResult['ended']>;

/** Ends a command from outside: when its time is up, when it is cancelled, when the tree has grown too large. */
export class Watch {
  ended: Ended | undefined;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly cancel = (): void => this.end('cancelled');
  private child: ChildProcess | undefined;

  constructor(
    private readonly tree: string,
    private readonly limits: SandboxLimits,
    private readonly options: CommandOptions,
  ) {}

  over(child: ChildProcess): void {
    this.child = child;
    this.timers.push(setTimeout(() => this.end('timeout'), this.options.seconds * 1_000));
    this.timers.push(setInterval(() => void this.measure(), DISK_CHECK_MS));
    this.options.signal.addEventListener('abort', this.cancel, { once: true });
    if (this.options.signal.aborted) this.cancel();
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.options.signal.removeEventListener('abort', this.cancel);
  }

  /**
   * Killing the outermost process takes the whole process namespace with it, detached children included. While the
   * confinement is set up that is not so yet: then its process group holds what there is, or the gate stays shut.
   */
  private end(reason: Ended): void {
    this.ended ??= reason;
    const { child } = this;
    if (!child) return;
    (child.stdio[GATE_FD] as Duplex).destroy();
    killGroup(child);
  }

  private async measure(): Promise<void> {
    const most = this.limits.diskMb * 1024 * 1024;
    if ((await treeSize(this.tree, most)) > most) this.end('disk');
  }
}

/** Kills a process and those that it has begun and that did not leave its group, all at the same moment. */
function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it ended by itself in the meantime
  }
}
