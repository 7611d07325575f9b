import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, readlink, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxLimits } from './sandbox.js';

const ROOT = '/sys/fs/cgroup';
const PREFIX = 'yudai-sandbox-';
const KILL_ROUNDS = 40;
const KILL_PAUSE_MS = 25;
/** A command joins its group at once; one that has nobody's command for longer is nobody's. */
const JOINED_MS = 60_000;
/** To whom processes are given whose parent has ended, unless somebody else has asked for them. */
const INIT = 1;

interface Controller {
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** The folders and settings of a group: one folder in version 2, one for each controller in version 1. */
function controllers(name: string, limits: SandboxLimits): Controller[] {
  const memory = String(limits.memoryMb * 1024 * 1024);
  const processes = String(limits.processes);
  if (existsSync(join(ROOT, 'cgroup.controllers'))) {
    return [
      {
        folder: join(ROOT, name),
        settings: { 'memory.max': memory, 'memory.swap.max': '0', 'memory.oom.group': '1', 'pids.max': processes },
      },
    ];
  }
  return [
    { folder: join(ROOT, 'memory', name), settings: { 'memory.limit_in_bytes': memory } },
    { folder: join(ROOT, 'pids', name), settings: { 'pids.max': processes } },
  ];
}

/**
 * A control group that bounds a command's processes together (cgroups(7)). Only where this process may make one, which
 * needs root or a delegated subtree; elsewhere the limits of each process are all there is.
 */
export class ControlGroup {
  private constructor(private readonly folders: readonly string[]) {}

  /** @returns undefined where no group can be made. */
  static async create(id: string, limits: SandboxLimits): Promise<ControlGroup | undefined> {
    const made: string[] = [];
    try {
      for (const { folder, settings } of controllers(`${PREFIX}${id}`, limits)) {
        await mkdir(folder);
        made.push(folder);
        for (const [file, value] of Object.entries(settings)) {
          await writeFile(join(folder, file), value).catch((error: unknown) => {
            if (file !== 'memory.swap.max' && file !== 'memory.oom.group') throw error;
          });
        }
      }
      return new ControlGroup(made);
    } catch {
      await Promise.allSettled(made.map((folder) => rmdir(folder)));
      return undefined;
    }
  }

  /** Files to which a process writes its id to join. */
  get memberFiles(): string[] {
    return this.folders.map((folder) => join(folder, 'cgroup.procs'));
  }

  /** Kills whatever is left in the group and removes it. */
  async remove(): Promise<void> {
    for (const folder of this.folders) await removeFolder(folder);
  }

  /** Removes groups that a killed worker left behind, and what was begun in them without an end of its own. */
  static async sweep(): Promise<void> {
    for (const parent of [ROOT, join(ROOT, 'memory'), join(ROOT, 'pids')]) {
      const names = await readdir(parent).catch(() => []);
      for (const name of names) if (name.startsWith(PREFIX)) await sweepFolder(join(parent, name));
    }
  }
}

/** A group that another worker on this machine has only just made stays: its command is about to join. */
async function sweepFolder(folder: string): Promise<void> {
  const made = await stat(folder).catch(() => undefined);
  if (made === undefined || Date.now() - made.mtimeMs <= JOINED_MS) return;
  const left = await members(folder);
  // One that is joined in this moment cannot be removed like this.
  if (left.length === 0) await rmdir(folder).catch(() => undefined);
  else if (await areOrphans(left)) await removeFolder(folder);
}

/** Whether no worker waits for any of them: each was begun by another of them, or was given to init when its parent ended. */
async function areOrphans(pids: readonly number[]): Promise<boolean> {
  const parents = await Promise.all(pids.map(parentOf));
  const strangers = parents.filter((parent) => !pids.includes(parent));
  return strangers.every((parent) => parent === INIT) && !(await doesInitWork());
}

/** In a container init may be a worker; one that may not be looked at is none of ours. */
async function doesInitWork(): Promise<boolean> {
  return (await readlink(`/proc/${INIT}/exe`).catch(() => '')) === process.execPath;
}

/** -1 where that cannot be told: it ended meanwhile, or belongs to another container. */
async function parentOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // Behind the name in brackets, which may hold anything: the state and the parent (proc_pid_stat(5)).
  const [, parent = '-1'] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return Number(parent);
}

async function members(folder: string): Promise<number[]> {
  const text = await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}

async function removeFolder(folder: string): Promise<void> {
  for (let round = 0; round < KILL_ROUNDS; round++) {
    for (const pid of await members(folder)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // it ended by itself in the meantime
      }
    }
    try {
      await rmdir(folder);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    }
    await delay(KILL_PAUSE_MS);
  }
}
