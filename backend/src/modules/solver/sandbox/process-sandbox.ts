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
import { type Begun, Watch } from './watch.js';

/** Joins the control group before anything of the command exists, then becomes the confined command. */
const JOIN_AND_RUN =
  'n=$1; shift; while [ "$n" -gt 0 ]; do echo $$ >"$1" || exit 125; shift; n=$((n-1)); done; exec "$@"';

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
      const child = await this.start(command, group, options);
      watch.over(child);
      // What is left of the group may hold the pipes open, and has no say any more.
      const swept = once(child, 'exit').then(() => group?.remove());
      const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
      const [[code, signal]] = await Promise.all([closed, swept]);
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

  private async start(command: string, group: ControlGroup | undefined, options: CommandOptions): Promise<Begun> {
    const { adapter, limits, node } = this.means;
    const confined = adapter.confine({ tree: this.tree, command, limits, node, grouped: group !== undefined });
    const files = group?.memberFiles ?? [];
    const filter = adapter.name === 'bubblewrap' ? seccompFilter(process.arch) : undefined;
    const child = spawn('/bin/sh', ['-c', JOIN_AND_RUN, 'sh', String(files.length), ...files, ...confined], {
      cwd: '/',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...(filter ? (['pipe'] as const) : [])],
      // A process group of its own, to be killed as a whole.
      detached: true,
    });
    // It says why in a moment; it may have no pipes, where there are no descriptors left.
    if (!hasBegun(child)) throw ((await once(child, 'error')) as [Error])[0];
    open(child.stdio[GATE_FD] as Duplex);
    if (filter) handOver(child.stdio[SECCOMP_FD] as Writable, filter);
    forward(child.stdout, (text) => options.onOutput('stdout', text));
    forward(child.stderr, (text) => options.onOutput('stderr', text));
    return child;
  }
}

const hasBegun = (child: ChildProcess): child is Begun => child.pid !== undefined;

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
