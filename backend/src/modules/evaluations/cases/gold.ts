import { categoryOf, isChangelog, skipByPath } from '../../embeddings/index.js';
import type { FileChange } from '../../github/index.js';

const REGULAR = { mode: '100644', size: null };
/** Moved as it was. */
const UNCHANGED = /^[RC]100$/;

/**
 * The files that a fix was about: those that were there and were changed or taken away, under the name they had. Tests,
 * documents, lists of changes and what nobody wrote by hand are left out.
 */
export function goldOf(changes: readonly FileChange[]): string[] {
  const changed = changes.filter(({ status }) => !/^[AC]/.test(status) && !UNCHANGED.test(status));
  return [...new Set(changed.map(({ path, from }) => from ?? path))].filter(isWritten);
}

function isWritten(path: string): boolean {
  const category = categoryOf(path);
  if (category === 'test' || category === 'docs' || isChangelog(path)) return false;
  return skipByPath({ path, ...REGULAR }) === null;
}
