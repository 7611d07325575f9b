import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxLimits } from './sandbox.js';

const ROOT = '/sys/fs/cgroup';
const PREFIX = 'yudai-sandbox-';
const KILL_ROUNDS = 40;
const KILL_PAUSE_MS = 25;
/** A command joins its group at once; one that is empty for longer is nobody's. */
const JOINED_MS = 60_000;

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

  /** Removes groups that a killed worker left behind. */
  static async sweep(): Promise<void> {
    for (const parent of [ROOT, join(ROOT, 'memory'), join(ROOT, 'pids')]) {
      const names = await readdir(parent).catch(() => []);
      const left = names.filter((name) => name.startsWith(PREFIX)).map((name) => join(parent, name));
      for (const folder of left) if (await isLeft(folder)) await rmdir(folder).catch(() => undefined);
    }
  }
}

/** Empty, and not because another worker on this machine has only just made it for a command to join. */
async function isLeft(folder: string): Promise<boolean> {
  const made = await stat(folder).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > JOINED_MS && (await members(folder)).length === 0;
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
