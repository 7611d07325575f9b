import { accessSync, constants, mkdirSync } from 'node:fs';
import { LocalServerError } from './child.js';

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'that file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Makes a folder for data, with everything above it. @throws LocalServerError saying why it cannot be used */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new LocalServerError(`The folder ${folder} cannot be used: ${reason}. Choose another one with YUDAI_DATA.`);
  }
}
