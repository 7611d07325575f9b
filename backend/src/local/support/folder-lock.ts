import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LocalServerError } from './child.js';

interface Holder {
  readonly pid: number;
  /** When the process started, in clock ticks since boot: a pid is used again, the two together are not. */
  readonly started: string;
}

/** Field 22 of /proc/<pid>/stat (proc(5)); empty where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return startOf(pid) === started;
}

function readHolder(file: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps a folder for this process: two writers would destroy it. The lock of a process that has died is taken over.
 * @returns gives the folder back; also done when the process exits.
 * @throws LocalServerError naming the process that holds the folder.
 */
export function lockFolder(lockFile: string, what: string): () => void {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      const mine: Holder = { pid: process.pid, started: startOf(process.pid) };
      writeFileSync(lockFile, JSON.stringify(mine), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error;
      const holder = readHolder(lockFile);
      if (holder && isAlive(holder)) {
        throw new LocalServerError(
          `${what} is in use by another copy (process ${holder.pid}). Stop that one, or choose another folder with YUDAI_DATA.`,
        );
      }
      rmSync(lockFile, { force: true });
    }
  }
  const release = (): void => {
    process.off('exit', release);
    rmSync(lockFile, { force: true });
  };
  process.once('exit', release);
  return release;
}
