/** A line, or a piece of one that is too long for a chunk. */
export interface Piece {
  /** 0-based line. */
  readonly line: number;
  readonly text: string;
  readonly tokens: number;
}

export interface ChunkOptions {
  /** Tokens of a text in the embedding model's own vocabulary. */
  readonly countTokens: (text: string) => number;
  /** What one chunk may hold at most. */
  readonly maxTokens: number;
}

/** In characters. */
const LONGEST_PIECE = 800;
/** To the tokenizer a word of a megabyte is one unknown token; for a chunk's size this many characters are one at least. */
const CHARACTERS_PER_TOKEN = 6;

/** A line in as many pieces as it takes for each to fit. */
export function piecesOf(text: string, line: number, { countTokens, maxTokens }: ChunkOptions): Piece[] {
  if (text.length <= LONGEST_PIECE) {
    const tokens = Math.max(1, countTokens(text), Math.ceil(text.length / CHARACTERS_PER_TOKEN));
    if (tokens <= maxTokens || text.length < 2) return [{ line, text, tokens: Math.min(tokens, maxTokens) }];
  }
  const middle = splitPoint(text);
  return [text.slice(0, middle), text.slice(middle)].flatMap((half) =>
    piecesOf(half, line, { countTokens, maxTokens }),
  );
}

/** The middle, but never inside a surrogate pair. */
function splitPoint(text: string): number {
  const middle = Math.floor(text.length / 2);
  return /[\uDC00-\uDFFF]/.test(text.charAt(middle)) ? middle + 1 : middle;
}

export const sum = (pieces: readonly Piece[]): number => pieces.reduce((total, { tokens }) => total + tokens, 0);

/** Pieces of one line are put together again without a break between them. */
export function joined(pieces: readonly Piece[]): string {
  return pieces.reduce((text, piece, at) => {
    const before = pieces[at - 1];
    return `${text}${before && before.line !== piece.line ? '\n' : ''}${piece.text}`;
  }, '');
}
