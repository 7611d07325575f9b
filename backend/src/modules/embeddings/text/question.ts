import { queryWords } from './code-words.js';

/** A question or an issue, by how much its parts tell. */
export interface QuestionText {
  /** Its first line. */
  readonly title: string;
  /** What somebody wrote below, without what a template or a tool did. */
  readonly prose: string;
  /** In fences. */
  readonly code: string;
}

/** An issue, asked as a question. */
export const issueQuestion = (title: string, body: string): string => `${title}\n\n${body}`;

export interface AskedWord {
  readonly word: string;
  readonly weight: number;
}

const COMMENT = { begin: '<!--', end: '-->' };
const ADDRESS = /https?:\/\/\S+/g;
const FENCE = /^\s*(?:```|~~~)/;
/**
 * A line that is a heading, in Markdown's way or in bold; without the white space around it, and what it says begins with
 * something else, so that a line of white space can be read in one way only: a hostile line must not cost more than its length.
 */
const HEADING = /^(?:#{1,6}\s+|\*\*\s*)([^\s*#][^*#]{0,99}?)(?:\*\*:?|:)?$/;
const CHECKBOX = /^\s*[-*]\s*\[[ xX]\]/;
/** Sections of templates that say on what, not what. */
const ASIDE =
  /\b(?:versions?|environment|system info|reproduction link|link to|checklist|browsers?|operating system)\b/i;

/** Takes a question apart. The headings of a template and what stands under "Version" or "Environment" tell nothing. */
export function readQuestion(text: string): QuestionText {
  const [title = '', ...lines] = withoutComments(text).replace(ADDRESS, ' ').trim().split(/\r?\n/);
  const prose: string[] = [];
  const code: string[] = [];
  let inFence = false;
  let aside = false;
  for (const line of lines) {
    const heading = inFence ? undefined : HEADING.exec(line.trim())?.[1];
    if (FENCE.test(line)) inFence = !inFence;
    else if (inFence) code.push(line);
    else if (heading !== undefined) aside = ASIDE.test(heading);
    else if (!aside && !CHECKBOX.test(line)) prose.push(line);
  }
  return { title, prose: prose.join('\n').trim(), code: code.join('\n') };
}

/** Not by an expression: that would look for the end again from each comment of a text in which none ends. */
function withoutComments(text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const begin = text.indexOf(COMMENT.begin, at);
    const end = begin < 0 ? -1 : text.indexOf(COMMENT.end, begin + COMMENT.begin.length);
    if (end < 0) return [...kept, text.slice(at)].join(' ');
    kept.push(text.slice(at, begin));
    at = end + COMMENT.end.length;
  }
}

const WEIGHTS: Readonly<Record<keyof QuestionText, number>> = { title: 3, prose: 1, code: 0.5 };

/** The words that are worth looking for, those of the title first; what is said again weighs more, ever more slowly. */
export function askedWords(question: QuestionText, most: number): AskedWord[] {
  const counts = new Map<string, number>();
  for (const part of ['title', 'prose', 'code'] as const) {
    for (const word of queryWords(question[part])) counts.set(word, (counts.get(word) ?? 0) + WEIGHTS[part]);
  }
  return [...counts].slice(0, most).map(([word, count]) => ({ word, weight: count < 1 ? count : 1 + Math.log(count) }));
}
