import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { mirrorBusy } from '../github.errors.js';

const LOOK_MS = 100;
const BEAT_MS = 2_000;
/** Who has not been heard of for so long is gone, with its process or its machine. */
const STALE_MS = 15_000;
const PATIENCE_MS = 30_000;

export interface LockOptions {
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
  readonly patienceMs?: number;
}

/**
 * Does work that no other process does at the same time, also one in another container on the same disk. The lock is a file
 * whose time is renewed as long as the work goes on.
 * @throws DomainError `github.mirror-busy`; the signal's reason; what the work throws.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const owner = randomUUID();
  await mkdir(dirname(file), { recursive: true });
  await acquire(file, owner, options);
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await release(file, owner);
  }
}

/**
 * Takes away the locks that a git which was killed has left in a bare repository: each one would keep everybody out for
 * ever. For those who know that no git is at work there.
 */
export async function removeLocksOfGit(mirror: string): Promise<void> {
  for (const folder of [mirror, join(mirror, 'refs/branches')]) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (/\.lock$|^gc\.pid$/.test(name)) await rm(join(folder, name), { force: true });
  }
}

async function acquire(file: string, owner: string, { signal, patienceMs = PATIENCE_MS }: LockOptions): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    signal?.throwIfAborted();
    if (await isTaken(file, owner)) return;
    if (await isStale(file)) await clear(file);
    else if (Date.now() > end) throw mirrorBusy();
    else await pause(LOOK_MS, undefined, signal ? { signal } : {});
  }
}

async function isTaken(file: string, owner: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(owner).finally(() => handle.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(file: string): Promise<boolean> {
  const held = await stat(file).catch(() => undefined);
  return held !== undefined && Date.now() - held.mtimeMs > STALE_MS;
}

/** Of several who find it stale one moves it away; nobody removes what another has taken since. */
async function clear(file: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  await rename(file, aside).catch(() => undefined);
  await rm(aside, { force: true });
}

async function release(file: string, owner: string): Promise<void> {
  const holder = await readFile(file, 'utf8').catch(() => '');
  if (holder === owner) await rm(file, { force: true });
}
