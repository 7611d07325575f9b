import { constants } from 'node:fs';
import { chmod, copyFile, lstat, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const OTHERS_EXECUTE = 0o001;
const OTHERS_WRITE = 0o022;

/**
 * A Node.js binary that the sandbox's user can reach. A worker that runs as root may itself run from a folder that only
 * root may enter; then the binary is copied once to the machine's folder for temporary files.
 */
export async function reachableNode(): Promise<string> {
  if (process.getuid?.() !== 0 || (await isReachable(process.execPath))) return process.execPath;
  const home = join(tmpdir(), `yudai-node-${process.version}`);
  const copy = join(home, 'node');
  if (await isIntact(home, copy)) return copy;
  const fresh = await mkdtemp(join(tmpdir(), 'yudai-node-'));
  await copyFile(process.execPath, join(fresh, 'node'), constants.COPYFILE_FICLONE);
  await chmod(join(fresh, 'node'), 0o755);
  await chmod(fresh, 0o755);
  await rm(home, { recursive: true, force: true });
  await rename(fresh, home);
  return copy;
}

async function isReachable(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & OTHERS_EXECUTE) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Whether an earlier worker's copy is whole and nobody but root could have changed it. */
async function isIntact(home: string, copy: string): Promise<boolean> {
  try {
    const [folder, file, original] = await Promise.all([lstat(home), lstat(copy), stat(process.execPath)]);
    const ours = [folder, file].every(({ uid, mode }) => uid === 0 && (mode & OTHERS_WRITE) === 0);
    return ours && folder.isDirectory() && file.isFile() && file.size === original.size;
  } catch {
    return false;
  }
}
