import { type Citation, formatCitation } from '../../../platform/llm/citation.js';
import type { DataBlock } from './prompt.js';
import { terms } from './words.js';

/** A piece of the repository or of an attachment that an answer may quote. */
export interface Passage {
  /** How it is named in the answer: a citation, exactly as it was given, or the title of a card. */
  readonly source: string;
  readonly path: string;
  readonly lines: readonly string[];
}

/** A passage with what speaks for it. */
export interface RankedPassage {
  readonly passage: Passage;
  readonly score: number;
  /** The words of the question that it contains, as the question has them. */
  readonly shared: readonly string[];
  /** The lines that fit best, at most a dozen, in a row. */
  readonly excerpt: readonly string[];
}

const QUOTABLE = new Set(['span', 'file', 'card', 'attachment']);
const EXCERPT_LINES = 12;

export function passagesOf(blocks: readonly DataBlock[]): Passage[] {
  return blocks
    .filter((block) => QUOTABLE.has(block.kind) && block.text.trim() !== '')
    .map((block) => ({
      source: sourceOf(block),
      path: block.attributes['path'] ?? '',
      lines: withoutNumbers(block.text.split('\n')),
    }));
}

function sourceOf({ attributes, kind }: DataBlock): string {
  const citation = citationOf(attributes);
  if (citation) return formatCitation(citation);
  return attributes['path'] ?? attributes['title'] ?? attributes['name'] ?? kind;
}

function citationOf({ path, lines }: DataBlock['attributes']): Citation | undefined {
  const range = /^(\d+)-(\d+)$/.exec(lines ?? '');
  return path && range ? { path, startLine: Number(range[1]), endLine: Number(range[2]) } : undefined;
}

const NUMBERED = /^\s*\d+\s?[|:\t│]\s?/;

/** Prompts may number their lines; quotes do not. */
function withoutNumbers(lines: readonly string[]): readonly string[] {
  const numbered = lines.every((line) => line.trim() === '' || NUMBERED.test(line));
  return numbered ? lines.map((line) => line.replace(NUMBERED, '')) : lines;
}

/** What scores less than this share of the best is left out: one common word says little beside five. */
const WORTH_QUOTING = 0.4;

/** The passages that have words of the question, best first. A word that few passages have counts more. */
export function rank(passages: readonly Passage[], question: string): RankedPassage[] {
  const asked = terms(question);
  const counted = passages.map((passage) => ({ passage, has: terms(`${passage.path}\n${passage.lines.join('\n')}`) }));
  const weight = new Map(
    [...asked.keys()].map((term) => {
      const having = counted.filter(({ has }) => has.has(term)).length;
      return [term, Math.log(1 + passages.length / Math.max(having, 1))];
    }),
  );
  const ranked = counted
    .map(({ passage, has }) => {
      const shared = [...asked].filter(([term]) => has.has(term));
      const score = shared.reduce((sum, [term]) => sum + (weight.get(term) ?? 0), 0);
      return { passage, score, shared: shared.map(([, word]) => word), excerpt: excerptOf(passage.lines, weight) };
    })
    .sort((a, b) => b.score - a.score);
  const best = ranked[0]?.score ?? 0;
  return ranked.filter(({ score }) => score > 0 && score >= best * WORTH_QUOTING);
}

/** The window of lines in which most of the question's words stand; of equal ones the first. */
function excerptOf(lines: readonly string[], weight: ReadonlyMap<string, number>): readonly string[] {
  const scores = lines.map((line) => [...terms(line).keys()].reduce((sum, term) => sum + (weight.get(term) ?? 0), 0));
  let best = 0;
  let bestScore = -1;
  for (let from = 0; from === 0 || from + EXCERPT_LINES <= lines.length; from += 1) {
    const score = scores.slice(from, from + EXCERPT_LINES).reduce((sum, value) => sum + value, 0);
    if (score > bestScore) [best, bestScore] = [from, score];
  }
  return trimmed(lines.slice(best, best + EXCERPT_LINES));
}

function trimmed(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
}
