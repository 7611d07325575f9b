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
const CITATION = /\[`?([^[\]\n`]{1,500}?):(\d{1,7})(?:[-–](\d{1,7}))?`?\](?!\()/g;

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
