import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalServerError } from '../support/child.js';
import { lockFolder } from '../support/folder-lock.js';

/** What must fit: a database of a person trying things out, mirrors, logs. */
const PROBE_BYTES = 8 * 1_024 * 1_024;

/** Where everything is kept between two starts. */
export class DataFolder {
  constructor(readonly path: string) {}

  /** The product's own files: mirrors, work trees, attachments. */
  get files(): string {
    return join(this.path, 'files');
  }

  /** What can be made anew: Node's compiled code. */
  get compiled(): string {
    return join(this.path, 'compiled');
  }

  get logs(): string {
    return join(this.path, 'logs');
  }

  /**
   * Makes the folder where it is missing, and keeps it for this process.
   * @throws LocalServerError for a path that cannot be one, a full disk, or another copy that has it
   */
  open(): void {
    try {
      for (const folder of [this.path, this.files, this.logs]) mkdirSync(folder, { recursive: true, mode: 0o700 });
      accessSync(this.path, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (error) {
      throw explain(error, this.path);
    }
    lockFolder(join(this.path, 'launcher.lock'), `The data folder ${this.path}`);
    this.needRoom();
  }

  /** A database that finds no room in the middle of a start is harder to explain. */
  private needRoom(): void {
    const probe = join(this.path, 'room.probe');
    try {
      writeFileSync(probe, Buffer.alloc(PROBE_BYTES), { mode: 0o600 });
    } catch (error) {
      throw explain(error, this.path);
    } finally {
      rmSync(probe, { force: true });
    }
  }
}

/** Errors of the file system as a sentence. */
export function explain(error: unknown, path: string): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new LocalServerError(`The disk with ${path} is full. Make room and start again; nothing is lost.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new LocalServerError(
        `${path} cannot be written. Give yourself the right to, or set YUDAI_DATA to another folder.`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new LocalServerError(`${path} is not a folder. Set YUDAI_DATA to a folder, or to where one may be made.`);
    default:
      return error instanceof Error ? error : new Error(message);
  }
}
