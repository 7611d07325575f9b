import { randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DISK_IS_FULL, storageFull } from '../../../platform/git/git.js';
import { mirrorBusy } from '../github.errors.js';

const LOOK_MS = 100;
const BEAT_MS = 2_000;
/** Who has not been heard of for so long is gone, with its process or its machine. */
const STALE_MS = 15_000;

export interface LockOptions {
  readonly patienceMs: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
  readonly staleMs?: number;
}

/**
 * Does work that no other process does at the same time, also one in another container on the same disk. The lock is a file
 * whose time is renewed as long as the work goes on.
 * @throws DomainError `github.mirror-busy`, `storage.full`; the signal's reason; what the work throws.
 */
export async function withLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const owner = randomUUID();
  await mkdir(dirname(file), { recursive: true });
  const handle = await acquire(file, owner, options);
  // By its handle: whoever was taken for gone renews nobody else's.
  const beat = setInterval(() => void handle.utimes(new Date(), new Date()).catch(() => undefined), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await handle.close();
    await release(file, owner);
  }
}

/** What git writes to keep others out, and what keeps a git out that finds it. */
const LOCK_OF_GIT = /\.lock$|^gc\.pid$|^packed-refs\.new$/;

/**
 * Takes away the locks that a git which was killed has left in a bare repository: each one would keep everybody out for
 * ever. For those who know that no git is at work there.
 */
export async function removeLocksOfGit(mirror: string): Promise<void> {
  for (const folder of [mirror, join(mirror, 'refs/branches'), join(mirror, 'objects/info')]) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (LOCK_OF_GIT.test(name)) await rm(join(folder, name), { force: true });
  }
}

async function acquire(file: string, owner: string, options: LockOptions): Promise<FileHandle> {
  const { signal, patienceMs, staleMs = STALE_MS } = options;
  const end = performance.now() + patienceMs;
  let seen = { beat: 0, since: performance.now() };
  for (;;) {
    signal?.throwIfAborted();
    const handle = await taken(file, owner);
    if (handle) return handle;
    const beat = await beatOf(file);
    // By this process' own clock: the other's may go otherwise.
    if (beat !== seen.beat) seen = { beat, since: performance.now() };
    if (performance.now() - seen.since > staleMs) await clear(file, beat);
    else if (performance.now() > end) throw mirrorBusy();
    else await pause(LOOK_MS);
  }
}

async function taken(file: string, owner: string): Promise<FileHandle | undefined> {
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw explain(error);
  });
  try {
    await handle?.writeFile(owner);
    return handle;
  } catch (error) {
    await handle?.close();
    await rm(file, { force: true });
    throw explain(error);
  }
}

const explain = (error: unknown): unknown => (DISK_IS_FULL.test(String(error)) ? storageFull(error) : error);

/** When its holder was last heard of; 0 where it is nobody's. */
async function beatOf(file: string): Promise<number> {
  const held = await stat(file).catch(() => undefined);
  return held?.mtimeMs ?? 0;
}

/** Of several who find it stale one moves it away; what another has taken since is given back. */
async function clear(file: string, beat: number): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  await rename(file, aside).catch(() => undefined);
  if ((await beatOf(aside)) > beat) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function release(file: string, owner: string): Promise<void> {
  const holder = await readFile(file, 'utf8').catch(() => '');
  if (holder === owner) await rm(file, { force: true });
}
