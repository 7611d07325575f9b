import { linesOf } from './lines.js';
import type { Outline } from './outline/definition.js';
import { type ChunkOptions, joined, type Piece, piecesOf, sum } from './pieces.js';
import { type Segment, segmentsOf } from './segments.js';

export const CHUNK_KINDS = ['definition', 'lines', 'section'] as const;
export type ChunkKind = (typeof CHUNK_KINDS)[number];

/** A span of a file that is found, and embedded, as one. */
export interface ChunkText {
  /** 1-based, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  /** What the span, or the beginning of it, belongs to: `Store.save`, a heading. */
  readonly symbol: string | null;
  /** What is defined in it, or in the definition that it is a part of. */
  readonly names: readonly string[];
  /** Of a span that begins inside of a definition: the line on which that begins. */
  readonly signature: string | null;
  readonly kind: ChunkKind;
  readonly text: string;
}

/** A chunk of this many tokens is left alone; smaller ones take in what follows. */
const ENOUGH_TOKENS = 80;
/** A definition this small does not stand alone. */
const SMALL_TOKENS = 25;
const OVERLAP = { lines: 4, tokens: 40 };

/**
 * Cuts a text into spans of at most `maxTokens` tokens, at what the outline says is defined. Every character is in a span:
 * what is too long for one is divided by lines, with an overlap, and a line that is too long by itself.
 */
export function chunkText(text: string, outline: Outline, options: ChunkOptions): ChunkText[] {
  const texts = linesOf(text);
  const pieces = texts.map((line, at) => piecesOf(line, at, options));
  const merged: Segment[] = [];
  for (const segment of segmentsOf({ texts, pieces, maxTokens: options.maxTokens }, outline)) {
    const open = merged.at(-1);
    if (open && fits(open, segment, options.maxTokens)) merged[merged.length - 1] = join(open, segment);
    else merged.push(segment);
  }
  return merged
    .flatMap((segment) => divide(segment, options.maxTokens))
    .map((segment) => toChunk(segment, outline.prose))
    .filter((chunk) => chunk.text.trim() !== '');
}

function fits(open: Segment, next: Segment, maxTokens: number): boolean {
  if (open.tokens + next.tokens > maxTokens) return false;
  return open.tokens < ENOUGH_TOKENS || next.tokens < SMALL_TOKENS;
}

function join(a: Segment, b: Segment): Segment {
  const named = a.symbol === null ? b : a;
  const names = [...a.names, ...b.names];
  return { ...named, names, pieces: [...a.pieces, ...b.pieces], tokens: a.tokens + b.tokens };
}

function divide(segment: Segment, maxTokens: number): Segment[] {
  if (segment.tokens <= maxTokens) return [{ ...segment, signature: ofContinuation(segment) }];
  const parts: Segment[] = [];
  let open: Piece[] = [];
  const close = (): void => {
    const begins = parts.length === 0;
    const names = begins ? segment.names : segment.names.slice(0, 1);
    const signature = begins ? ofContinuation(segment) : segment.signature;
    parts.push({ ...segment, names, signature, pieces: open, tokens: sum(open) });
  };
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

/** A segment that holds the line itself does not need it said again. */
function ofContinuation({ pieces, signature }: Segment): string | null {
  return signature !== null && pieces.some(({ text }) => text.trim().startsWith(signature)) ? null : signature;
}

/** The last lines of a span, as far as they leave room. */
function overlap(pieces: readonly Piece[], room: number): Piece[] {
  let kept = pieces.length > OVERLAP.lines ? pieces.slice(-OVERLAP.lines) : [];
  while (kept.length > 0 && sum(kept) > Math.min(room, OVERLAP.tokens)) kept = kept.slice(1);
  return [...kept];
}

function toChunk({ pieces, symbol, names, signature }: Segment, prose: boolean): ChunkText {
  const [startLine, endLine] = [pieces[0]?.line ?? 0, pieces.at(-1)?.line ?? 0].map((line) => line + 1) as [
    number,
    number,
  ];
  const kind = symbol === null ? 'lines' : prose ? 'section' : 'definition';
  return { startLine, endLine, symbol, names: [...new Set(names)], signature, kind, text: joined(pieces) };
}
