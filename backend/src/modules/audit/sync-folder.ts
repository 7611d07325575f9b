import { open } from 'node:fs/promises';

/** A new file is there after a loss of power only when its folder is on the disk too. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
