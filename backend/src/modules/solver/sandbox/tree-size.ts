import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';

const BLOCK = 512;

/** Bytes that a folder takes on disk; stops counting once it is over `most`. Links are not followed. */
export async function treeSize(root: string, most: number): Promise<number> {
  let total = 0;
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined && total <= most; folder = folders.pop()) {
    const entries = await opendir(folder).catch(() => undefined);
    if (!entries) continue;
    for await (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      const stat = await lstat(path).catch(() => undefined);
      total += (stat?.blocks ?? 0) * BLOCK;
      if (total > most) break;
    }
  }
  return total;
}
