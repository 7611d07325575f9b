import { basename } from 'node:path/posix';
import type { TreeEntry } from '../../github/index.js';
import type { IndexedFile, SkippedFile } from '../repositories/snapshot-files.repository.js';
import { skipByPath, type SkipReason } from '../text/skip-policy.js';

export interface FilePlan {
  readonly skipped: readonly SkippedFile[];
  readonly readable: readonly IndexedFile[];
}

/** In bytes; git allows more, an index of the database does not. */
const LONGEST_PATH = 2_000;
const KEPT_CHARACTERS = 400;

/** What is to become of each entry of a tree, as far as the tree tells; at most `maxFiles` are read. */
export function planFiles(entries: readonly TreeEntry[], maxFiles: number): FilePlan {
  const skipped: SkippedFile[] = [];
  const readable: IndexedFile[] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const tooLong = Buffer.byteLength(entry.path) > LONGEST_PATH;
    const path = tooLong ? `${entry.path.slice(0, KEPT_CHARACTERS)}… ${entry.oid}` : entry.path;
    // Names that are no UTF-8 can come out alike.
    if (seen.has(path)) continue;
    seen.add(path);
    const file = { path, oid: entry.oid, name: basename(path), size: entry.size ?? 0 };
    const reason: SkipReason | null =
      skipByPath(entry) ?? (tooLong ? 'path-too-long' : readable.length >= maxFiles ? 'too-many' : null);
    if (reason) skipped.push({ ...file, reason });
    else readable.push(file);
  }
  return { skipped, readable };
}
