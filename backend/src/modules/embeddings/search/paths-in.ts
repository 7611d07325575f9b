import { basename } from 'node:path/posix';

/** What can be a path, in one go and without looking back: a hostile text must not cost more than its length. */
const WORD = /[\p{L}\p{N}_.@/-]+/gu;
const EXTENSION = /\.[\p{L}][\p{L}\p{N}]{0,9}$/u;
const LONGEST = 300;
const MOST = 32;

/** File names and paths that a text names (`src/store.js`, `store.js:12`, in a stack trace …), in lower case. */
export function pathsIn(text: string): string[] {
  const found = new Set<string>();
  for (const [word] of text.matchAll(WORD)) {
    const path = word.length > LONGEST ? '' : word.replace(/^[./]+/, '').replace(/[./-]+$/, '');
    if (EXTENSION.test(path) && basename(path).length > 2) found.add(path.toLowerCase());
    if (found.size === MOST) break;
  }
  return [...found];
}
