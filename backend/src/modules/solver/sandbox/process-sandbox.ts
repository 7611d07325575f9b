import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, lstat, opendir } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { newId } from '../../../platform/database/ids.js';
import { SECCOMP_FD } from './bubblewrap.adapter.js';
import { ControlGroup } from './cgroup.js';
import { GATE_FD, SANDBOX_UID } from './confinement.js';
import type { CommandOptions, CommandResult, Sandbox, SandboxAdapter, SandboxLimits } from './sandbox.js';
import { seccompFilter } from './seccomp.js';
import { treeSize } from './tree-size.js';

const DISK_CHECK_MS = 1_000;
/** Joins the control group before anything of the command exists, then becomes the confined command. */
const JOIN_AND_RUN =
  'n=$1; shift; while [ "$n" -gt 0 ]; do echo $$ >"$1" || exit 125; shift; n=$((n-1)); done; exec "$@"';

type Ended = NonNullable<CommandResult['ended']>;

/** How a sandbox confines, within which bounds, and the Node.js binary it offers. */
export interface SandboxMeans {
  readonly adapter: SandboxAdapter;
  readonly limits: SandboxLimits;
  readonly node: string;
}

/** Runs each command in namespaces of its own over one work tree. */
export class ProcessSandbox implements Sandbox {
  private constructor(
    private readonly tree: string,
    private readonly means: SandboxMeans,
  ) {}

  /** Takes a work tree over: it belongs to the sandbox's user from now on. */
  static async over(tree: string, means: SandboxMeans): Promise<ProcessSandbox> {
    if (process.getuid?.() === 0) await giveTo(tree, SANDBOX_UID);
    return new ProcessSandbox(tree, means);
  }

  async run(command: string, options: CommandOptions): Promise<CommandResult> {
    options.signal.throwIfAborted();
    const started = performance.now();
    const group = await ControlGroup.create(newId(), this.means.limits);
    const watch = new Watch(this.tree, this.means.limits, options);
    try {
      const child = this.start(command, group, options);
      watch.over(child);
      const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      return {
        exitCode: code ?? 128 + (signal ? constants.signals[signal] : 0),
        durationMs: Math.round(performance.now() - started),
        ...(watch.ended ? { ended: watch.ended } : {}),
      };
    } finally {
      watch.stop();
      await group?.remove();
    }
  }

  async destroy(): Promise<void> {
    await ControlGroup.sweep();
  }

  private start(command: string, group: ControlGroup | undefined, options: CommandOptions): ChildProcess {
    const { adapter, limits, node } = this.means;
    const confined = adapter.confine({ tree: this.tree, command, limits, node, grouped: group !== undefined });
    const files = group?.memberFiles ?? [];
    const filter = adapter.name === 'bubblewrap' ? seccompFilter(process.arch) : undefined;
    const child = spawn('/bin/sh', ['-c', JOIN_AND_RUN, 'sh', String(files.length), ...files, ...confined], {
      cwd: '/',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...(filter ? (['pipe'] as const) : [])],
    });
    open(child.stdio[GATE_FD] as Duplex);
    if (filter) handOver(child.stdio[SECCOMP_FD] as Writable, filter);
    forward(child.stdout, (text) => options.onOutput('stdout', text));
    forward(child.stderr, (text) => options.onOutput('stderr', text));
    return child;
  }
}

/** Ends a command from outside: when its time is up, when it is cancelled, when the tree has grown too large. */
class Watch {
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

  /** Killing the outermost process takes the whole process namespace with it, detached children included. */
  private end(reason: Ended): void {
    this.ended ??= reason;
    this.child?.kill('SIGKILL');
  }

  private async measure(): Promise<void> {
    const most = this.limits.diskMb * 1024 * 1024;
    if ((await treeSize(this.tree, most)) > most) this.end('disk');
  }
}

function forward(stream: Readable | null, to: (text: string) => void): void {
  stream?.setEncoding('utf8').on('data', (text: string) => to(text));
}

/** Lets the command begin when its confinement stands. */
function open(gate: Duplex): void {
  gate.on('error', () => undefined);
  gate.once('data', () => gate.end('\n'));
}

/** The reader may be gone before it has read; that is the command's failure, reported by its exit code. */
function handOver(pipe: Writable, bytes: Buffer): void {
  pipe.on('error', () => undefined);
  pipe.end(bytes);
}

/** Changes the owner of a tree without following a link out of it. */
async function giveTo(root: string, uid: number): Promise<void> {
  await chown(root, uid, uid);
  for await (const entry of await opendir(root)) {
    const path = join(root, entry.name);
    const stat = await lstat(path);
    if (stat.isDirectory()) await giveTo(path, uid);
    else if (!stat.isSymbolicLink()) await chown(path, uid, uid);
  }
}
