/** Lines of a file, 1-based, both ends included. */
export interface Citation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** How answers name their source, and how prompts ask for it: `[src/store.js:10-24]`. */
export function formatCitation({ path, startLine, endLine }: Citation): string {
  return `[${path}:${startLine}-${endLine}]`;
}

/** Also what models make of it: one line instead of a range, an en dash, backquotes. */
const MARK = /\[`?([^[\]\n`]{1,500}?):(\d{1,7})(?:[-–](\d{1,7}))?`?\]/.source;
const CITATION = new RegExp(`${MARK}(?!\\()`, 'g');
/** A code span (CommonMark 6.1): as many backquotes behind it as before it, within a block. */
const CODE_SPAN =
  /(?<quotes>`+)(?!`)(?<code>(?:[^\n]|\n(?!\s*(?:\n|>|(?:[-*+]|#{1,6}|\d{1,9}[.)])(?:\s|$))))+?)(?<!`)\k<quotes>(?!`)/
    .source;
/** What a backslash takes the meaning off, a code span, backquotes that are none, and what is looked for. */
const PIECE = new RegExp(`\\\\[\\\\\`]|${CODE_SPAN}|\`+|${MARK}(?!\\()`, 'g');
const NOTHING_ELSE = new RegExp(`^\\s?${MARK}\\s?$`);

/** The distinct citations of a text in the order of their first appearance. Nothing is said about their existence. */
export function parseCitations(text: string): Citation[] {
  const found = new Map<string, Citation>();
  for (const [, path = '', first, last] of text.matchAll(CITATION)) {
    const startLine = Number(first);
    const endLine = last === undefined ? startLine : Number(last);
    if (startLine < 1 || endLine < startLine) continue;
    const citation = { path, startLine, endLine };
    found.set(formatCitation(citation), citation);
  }
  return [...found.values()];
}

/** A block of code, where brackets are brackets. */
const CODE_BLOCK = /(^```[\s\S]*?(?:^```[^\n]*$|$(?![\s\S])))/m;
/** `[x:1]` is a slice in some languages; a path has a directory or an extension. */
const PATH_LIKE = /[./]/;

/**
 * The text with something else in the place of each citation that could name a file, and of the backquotes that have nothing
 * else between them: a link there would be shown as code. Blocks of code and code that goes on stay as they are.
 */
export function replaceCitations(text: string, replace: (citation: Citation) => string): string {
  const parts = text.split(new RegExp(CODE_BLOCK, 'gm'));
  return parts.map((part) => (part.startsWith('```') ? part : replaceIn(part, replace))).join('');
}

function replaceIn(text: string, replace: (citation: Citation) => string): string {
  return text.replace(PIECE, (...match: unknown[]) => {
    const mark = match[0] as string;
    const { code } = match.at(-1) as { code?: string };
    if (code !== undefined && !NOTHING_ELSE.test(code)) return mark;
    const [citation] = parseCitations(mark);
    return citation && PATH_LIKE.test(citation.path) ? replace(citation) : mark;
  });
}
