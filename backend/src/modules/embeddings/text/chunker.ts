import { definitionOn, type Grammar, grammarOf } from './definitions.js';
import { linesOf } from './lines.js';

export const CHUNK_KINDS = ['definition', 'lines', 'section'] as const;
export type ChunkKind = (typeof CHUNK_KINDS)[number];

/** A span of a file that is found, and embedded, as one. */
export interface ChunkText {
  /** 1-based, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  /** What the span, or the beginning of it, belongs to: `Store.save`, a heading. */
  readonly symbol: string | null;
  readonly kind: ChunkKind;
  readonly text: string;
}

export interface ChunkOptions {
  /** Tokens of a text in the embedding model's own vocabulary. */
  readonly countTokens: (text: string) => number;
  /** What one chunk may hold at most. */
  readonly maxTokens: number;
}

/** A line, or a piece of one that is too long for a chunk. */
interface Piece {
  readonly number: number;
  readonly text: string;
  readonly tokens: number;
}

/** Lines that belong together: a definition with what stands above it, or what lies between definitions. */
interface Segment {
  readonly pieces: readonly Piece[];
  readonly tokens: number;
  readonly symbol: string | null;
  readonly kind: ChunkKind;
}

/** A chunk of this many tokens is left alone; smaller ones take in what follows. */
const ENOUGH_TOKENS = 80;
/** A definition this small does not stand alone. */
const SMALL_TOKENS = 25;
const OVERLAP = { lines: 4, tokens: 40 };
/** In characters. */
const LONGEST_PIECE = 800;
/** To the tokenizer a word of a megabyte is one unknown token; for a chunk's size this many characters are one at least. */
const CHARACTERS_PER_TOKEN = 6;
const LONGEST_SYMBOL = 200;

/**
 * Cuts a text into spans of at most `maxTokens` tokens, at definitions and headings where there are some. Every character
 * is in a span: what is too long for one is divided by lines, with an overlap, and a line that is too long by itself.
 */
export function chunkText(name: string, text: string, options: ChunkOptions): ChunkText[] {
  const grammar = grammarOf(name);
  const merged: Segment[] = [];
  for (const segment of segmentsOf(linesOf(text), grammar, options)) {
    const open = merged.at(-1);
    if (open && fits(open, segment, options.maxTokens)) merged[merged.length - 1] = join(open, segment);
    else merged.push(segment);
  }
  return merged
    .flatMap((segment) => divide(segment, options.maxTokens))
    .map(toChunk)
    .filter((chunk) => chunk.text.trim() !== '');
}

function segmentsOf(lines: readonly string[], grammar: Grammar, options: ChunkOptions): Segment[] {
  const starts = startsOf(lines, grammar);
  const bounds = [{ at: 0, symbol: null as string | null }, ...starts].filter(
    ({ at }, index, all) => at !== all[index + 1]?.at,
  );
  return bounds.map(({ at, symbol }, index) => {
    const pieces = lines
      .slice(at, bounds[index + 1]?.at)
      .flatMap((line, offset) => piecesOf(line, at + offset + 1, options));
    const kind = symbol === null ? 'lines' : grammar.prose ? 'section' : 'definition';
    return { pieces, tokens: sum(pieces), symbol, kind };
  });
}

/** Where definitions begin, each with the names of those around it. */
function startsOf(lines: readonly string[], grammar: Grammar): { at: number; symbol: string | null }[] {
  const starts: { at: number; symbol: string }[] = [];
  const around: { depth: number; name: string }[] = [];
  let last = -1;
  lines.forEach((line, index) => {
    const found = definitionOn(line, grammar);
    if (!found) return;
    while ((around.at(-1)?.depth ?? -1) >= found.depth) around.pop();
    around.push(found);
    const symbol = around.map(({ name }) => name).join(grammar.prose ? ' › ' : '.');
    const at = Math.max(last + 1, withLeading(lines, index, grammar.leading));
    starts.push({ at, symbol: symbol.slice(0, LONGEST_SYMBOL) });
    last = index;
  });
  return starts;
}

/** The first of the comment and decorator lines that stand right above a line. */
function withLeading(lines: readonly string[], index: number, leading: RegExp): number {
  let first = index;
  while (first > 0 && leading.test((lines[first - 1] ?? '').slice(0, 40))) first--;
  return first;
}

function fits(open: Segment, next: Segment, maxTokens: number): boolean {
  if (open.tokens + next.tokens > maxTokens) return false;
  return open.tokens < ENOUGH_TOKENS || next.tokens < SMALL_TOKENS;
}

function join(a: Segment, b: Segment): Segment {
  const named = a.symbol === null ? b : a;
  return { ...named, pieces: [...a.pieces, ...b.pieces], tokens: a.tokens + b.tokens };
}

function divide(segment: Segment, maxTokens: number): Segment[] {
  if (segment.tokens <= maxTokens) return [segment];
  const parts: Segment[] = [];
  let open: Piece[] = [];
  const close = (): void => void parts.push({ ...segment, pieces: open, tokens: sum(open) });
  for (const piece of segment.pieces) {
    if (open.length > 0 && sum(open) + piece.tokens > maxTokens) {
      close();
      open = overlap(open, maxTokens - piece.tokens);
    }
    open.push(piece);
  }
  close();
  return parts;
}

/** The last lines of a span, as far as they leave room. */
function overlap(pieces: readonly Piece[], room: number): Piece[] {
  let kept = pieces.length > OVERLAP.lines ? pieces.slice(-OVERLAP.lines) : [];
  while (kept.length > 0 && sum(kept) > Math.min(room, OVERLAP.tokens)) kept = kept.slice(1);
  return [...kept];
}

/** A line in as many pieces as it takes for each to fit. */
function piecesOf(text: string, number: number, { countTokens, maxTokens }: ChunkOptions): Piece[] {
  if (text.length <= LONGEST_PIECE) {
    const tokens = Math.max(1, countTokens(text), Math.ceil(text.length / CHARACTERS_PER_TOKEN));
    if (tokens <= maxTokens || text.length < 2) return [{ number, text, tokens: Math.min(tokens, maxTokens) }];
  }
  const middle = splitPoint(text);
  return [text.slice(0, middle), text.slice(middle)].flatMap((half) =>
    piecesOf(half, number, { countTokens, maxTokens }),
  );
}

/** The middle, but never inside a surrogate pair. */
function splitPoint(text: string): number {
  const middle = Math.floor(text.length / 2);
  return /[\uDC00-\uDFFF]/.test(text.charAt(middle)) ? middle + 1 : middle;
}

const sum = (pieces: readonly Piece[]): number => pieces.reduce((total, { tokens }) => total + tokens, 0);

/** Pieces of one line are put together again without a break between them. */
function toChunk({ pieces, symbol, kind }: Segment): ChunkText {
  const text = pieces.reduce(
    (whole, piece, at) => whole + (at > 0 && pieces[at - 1]?.number !== piece.number ? '\n' : '') + piece.text,
    '',
  );
  return { startLine: pieces[0]?.number ?? 1, endLine: pieces.at(-1)?.number ?? 1, symbol, kind, text };
}
