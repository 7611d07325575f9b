import { constants, existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const LOOSE_FOLDER = /^[0-9a-f]{2}$/;
const LOOSE_FILE = /^[0-9a-f]{38}$/;
const PACK_INDEX = /^[^.].*\.idx$/;
/** git looks for a pack by its index, so that comes last. */
const PACK_PARTS = ['.pack', '.rev', '.idx'] as const;

/**
 * Copies the objects that are not here yet. Copied, not linked and not borrowed: git touches the files of objects that it
 * meets again, and the folders that people name are never written to.
 */
export async function copyObjects(from: string, to: string): Promise<void> {
  for (const index of list(join(from, 'pack'), PACK_INDEX)) {
    if (existsSync(join(to, 'pack', index))) continue;
    for (const part of PACK_PARTS) await copyNew(join(from, 'pack'), join(to, 'pack'), index.replace(/\.idx$/, part));
  }
  for (const folder of list(from, LOOSE_FOLDER)) {
    for (const file of list(join(from, folder), LOOSE_FILE)) await copyNew(join(from, folder), join(to, folder), file);
  }
}

/** The copy appears whole or not at all; shared blocks where the file system can. */
async function copyNew(from: string, to: string, file: string): Promise<void> {
  if (existsSync(join(to, file)) || !existsSync(join(from, file))) return;
  await mkdir(to, { recursive: true });
  const unfinished = join(to, `tmp_copy_${process.pid}`);
  await rm(unfinished, { force: true });
  await copyFile(join(from, file), unfinished, constants.COPYFILE_FICLONE);
  await rename(unfinished, join(to, file));
}

function list(folder: string, names: RegExp): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => names.test(name)) : [];
}
