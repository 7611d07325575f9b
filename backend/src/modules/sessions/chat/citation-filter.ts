import { type Citation, formatCitation, parseCitations } from '../../../platform/llm/citation.js';

const FENCE = '```';
/** What may stand before a fence on its line (CommonMark 4.5): indentation, quotes, items of lists. Elsewhere it is inline code. */
const BEFORE_FENCE = /^[\s>*+\-\d.)]*$/;
/** So much of a line tells whether a fence may follow. */
const LINE_KEPT = 80;
/** No path is longer. */
const LONGEST_MARK = 530;
/** `[x:1]` is a slice in some languages; a path has a directory or an extension. */
const PATH_LIKE = /[./]/;

/**
 * Lets an answer through as it is written; of a citation that `exists` denies only the path is left, as plain words. What could
 * become a citation is held back until it is clear, so that no reader ever sees one that is not there. Code blocks pass unchanged.
 */
export class CitationFilter {
  private readonly found = new Map<string, Citation>();
  private held = '';
  private fenced = false;
  /** How the line begins that is being let through. */
  private line = '';

  constructor(private readonly exists: (citation: Citation) => Promise<boolean>) {}

  /** Those that exist, in the order of their first appearance. */
  get citations(): Citation[] {
    return [...this.found.values()];
  }

  /** @returns what may be shown now. */
  push(text: string): Promise<string> {
    this.held += text;
    return this.drain({ atEnd: false });
  }

  /** @returns what was still held back. */
  end(): Promise<string> {
    return this.drain({ atEnd: true });
  }

  private async drain({ atEnd }: { atEnd: boolean }): Promise<string> {
    let shown = '';
    for (;;) {
      const next = this.nextMark();
      if (next < 0) return shown + this.release(atEnd ? 0 : trailingBackquotes(this.held));
      shown += this.take(next);
      if (this.held.startsWith(FENCE)) {
        if (BEFORE_FENCE.test(this.line)) this.fenced = !this.fenced;
        shown += this.take(FENCE.length);
        continue;
      }
      const length = markLength(this.held, atEnd);
      if (length === 'unclear') return shown;
      shown += length === 0 ? this.take(1) : await this.checked(this.take(length));
    }
  }

  /** Where the next fence or, outside of code, the next bracket begins. */
  private nextMark(): number {
    const fence = this.held.indexOf(FENCE);
    if (this.fenced) return fence;
    const bracket = this.held.indexOf('[');
    return fence < 0 || (bracket >= 0 && bracket < fence) ? bracket : fence;
  }

  private async checked(mark: string): Promise<string> {
    const [citation] = parseCitations(mark);
    if (!citation || !PATH_LIKE.test(citation.path)) return mark;
    const key = formatCitation(citation);
    if (!this.found.has(key) && !(await this.exists(citation))) return `${citation.path} (not found)`;
    this.found.set(key, citation);
    return mark;
  }

  private take(length: number): string {
    const taken = this.held.slice(0, length);
    this.held = this.held.slice(length);
    const lineBreak = taken.lastIndexOf('\n');
    this.line = (lineBreak < 0 ? this.line + taken : taken.slice(lineBreak + 1)).slice(0, LINE_KEPT);
    return taken;
  }

  /** Everything but the last `keep` characters. */
  private release(keep: number): string {
    return this.take(this.held.length - keep);
  }
}

/** A fence may arrive in pieces. */
const trailingBackquotes = (text: string): number => /`{0,2}$/.exec(text)?.[0].length ?? 0;

/** How long the bracketed text at the beginning is; 0 when it is no citation (a link, an open bracket). */
function markLength(text: string, atEnd: boolean): number | 'unclear' {
  const close = text.indexOf(']');
  const line = text.indexOf('\n');
  if (close < 0 || (line >= 0 && line < close)) {
    return !atEnd && line < 0 && text.length < LONGEST_MARK ? 'unclear' : 0;
  }
  if (close >= LONGEST_MARK) return 0;
  const after = text[close + 1];
  if (after === undefined && !atEnd) return 'unclear';
  return after === '(' ? 0 : close + 1;
}
