import { basename, dirname, extname } from 'node:path/posix';
import { withoutReferences } from './fix-message.js';

/** What is asked for a fix. */
export interface IssueText {
  readonly title: string;
  readonly body: string;
}

/** `fix(scope)!:`, `[ci] Fixes`: what makes it a fix, and where. */
const MARK = /^\s*(?:\[[^\]]{0,40}\]\s*)?(?:fix(?:e[sd])?(?:\([^)]{0,100}\))?!?:?\s+)?/i;
/** What a reference leaves behind where it was taken out. */
const LEFT_OVER = /^[\s:;,.–—-]+/;
/** `Signed-off-by: …`, `(cherry picked from commit …)` */
const TRAILER = /^\s*(?:[A-Z][A-Za-z]+(?:-[a-z]+)+:\s|\(cherry picked from commit )/;
const TOKEN = /[\p{L}\p{N}_.@/-]+/gu;
const EDGES = /^[./-]+|[./-]+$/g;
const LETTERS = /\p{L}{2,}/gu;
/** Fewer say nothing. */
const FEWEST_WORDS = 3;

/**
 * What a commit says of a fix, where no issue says more: without the names of the files that it changed, with or without
 * their extension, of their folders, and without anything else that is a path. Null when too little is left.
 */
export function ownWords(message: string, changed: readonly string[]): IssueText | null {
  const names = namesOf(changed);
  const lines = withoutReferences(message)
    .split(/\r?\n/)
    .filter((line) => !TRAILER.test(line));
  const [title = '', ...body] = lines
    .map((line, at) => (at === 0 ? line.replace(MARK, '').replace(LEFT_OVER, '') : line))
    .map((line) => withoutNames(line, names));
  const text = { title, body: body.join('\n').trim() };
  const words = `${text.title} ${text.body}`.match(LETTERS) ?? [];
  return title !== '' && words.length >= FEWEST_WORDS ? text : null;
}

function namesOf(paths: readonly string[]): ReadonlySet<string> {
  const names = paths.flatMap((path) => {
    const name = basename(path);
    const stem = name.slice(0, name.length - extname(name).length);
    const ends = path.split('/').map((_, at, parts) => parts.slice(at).join('/'));
    return [...ends, ...ends.map((end) => end.slice(0, end.length - extname(end).length)), stem, dirname(path)];
  });
  return new Set(names.map((name) => name.toLowerCase()));
}

function withoutNames(line: string, names: ReadonlySet<string>): string {
  const kept = line.replace(TOKEN, (token) => {
    const name = token.replace(EDGES, '');
    return names.has(name.toLowerCase()) || isPath(name) ? '' : token;
  });
  return kept.replace(/[ \t]{2,}/g, ' ').trim();
}

/** `a/b.c`, `a/b/c`; "and/or" and "obj.method" are none. */
function isPath(name: string): boolean {
  const parts = name.split('/').length;
  return parts > 2 || (parts === 2 && extname(name) !== '');
}
