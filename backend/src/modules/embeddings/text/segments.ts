import type { Definition, Outline } from './outline/definition.js';
import { withLeading } from './outline/expressions.js';
import { type Piece, sum } from './pieces.js';

/** Lines that belong together: a definition with what stands above it, or what lies between definitions. */
export interface Segment {
  readonly pieces: readonly Piece[];
  readonly tokens: number;
  /** What they belong to, with what is around it; null outside of everything. */
  readonly symbol: string | null;
  /** What is defined in them. */
  readonly names: readonly string[];
  /** The line on which it begins to be defined what they belong to. */
  readonly signature: string | null;
}

const LONGEST_SYMBOL = 200;
const LONGEST_SIGNATURE = 160;

/** A file, line by line. */
export interface CutLines {
  readonly texts: readonly string[];
  readonly pieces: readonly (readonly Piece[])[];
  readonly maxTokens: number;
}

/**
 * Divides a file at its definitions: one that fits is a segment, of a longer one what it holds and the lines between. Every
 * line is in one segment.
 */
export function segmentsOf(file: CutLines, outline: Outline): Segment[] {
  const scope: Scope = { symbol: [], name: null, signature: null, first: 0, last: file.texts.length - 1 };
  return within(file, outline, scope, outline.definitions);
}

/** Lines, and what they belong to. */
interface Scope {
  readonly symbol: readonly string[];
  readonly name: string | null;
  readonly signature: string | null;
  readonly first: number;
  readonly last: number;
}

function within(file: CutLines, outline: Outline, scope: Scope, definitions: readonly Definition[]): Segment[] {
  const segments: Segment[] = [];
  let at = scope.first;
  for (const definition of definitions) {
    const start = Math.max(definition.first, at);
    const last = Math.min(definition.last, scope.last);
    if (last < start) continue;
    const first = withLeading(file.texts, start, at, outline.leading);
    if (first > at) segments.push(segment(file, { ...scope, first: at, last: first - 1 }, outline));
    segments.push(...ofDefinition(file, outline, scope, { ...definition, first, last }));
    at = last + 1;
  }
  if (at <= scope.last) segments.push(segment(file, { ...scope, first: at }, outline));
  const [opening, ...others] = segments;
  return opening && scope.name ? [{ ...opening, names: [scope.name, ...opening.names] }, ...others] : segments;
}

function ofDefinition(file: CutLines, outline: Outline, around: Scope, definition: Definition): Segment[] {
  const { name, first, last, children } = definition;
  const named = file.texts.slice(first, last + 1).find((line) => !outline.leading.test(line)) ?? '';
  const signature = named.trim().slice(0, LONGEST_SIGNATURE);
  const scope: Scope = { symbol: [...around.symbol, name], name, signature, first, last };
  const whole = segment(file, scope, outline);
  if (whole.tokens > file.maxTokens && children.length > 0) return within(file, outline, scope, children);
  return [{ ...whole, names: allNames(definition) }];
}

const allNames = ({ name, children }: Definition): string[] => [name, ...children.flatMap(allNames)];

function segment(file: CutLines, { symbol, signature, first, last }: Scope, { prose }: Outline): Segment {
  const pieces = file.pieces.slice(first, last + 1).flat();
  const joinedSymbol = symbol.join(prose ? ' › ' : '.').slice(0, LONGEST_SYMBOL);
  return { pieces, tokens: sum(pieces), symbol: joinedSymbol === '' ? null : joinedSymbol, names: [], signature };
}
