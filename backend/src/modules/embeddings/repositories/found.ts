/** A chunk of a snapshot that a ranking has found. */
export interface FoundChunk {
  readonly chunkId: string;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly symbol: string | null;
  /** Of the ranking it stands in; those of different rankings are not comparable. */
  readonly score: number;
}

/** As a statement gives it. */
export interface ChunkRow {
  readonly id: string;
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly symbol: string | null;
  readonly score: number;
}

export function toChunk({ id, path, start_line, end_line, symbol, score }: ChunkRow): FoundChunk {
  return { chunkId: id, path, startLine: start_line, endLine: end_line, symbol, score };
}
