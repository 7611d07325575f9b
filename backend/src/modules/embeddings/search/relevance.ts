/** What speaks for a snapshot having something on a question. */
export interface Evidence {
  /** Cosine of the nearest vector. */
  readonly similarity: number;
  /** Share of the question's words, weighed by rarity, that stand somewhere in the snapshot. */
  readonly coverage: number;
  /** It names a file that is there. */
  readonly named: boolean;
}

const SURE_SIMILARITY = 0.35;
const LEAST_COVERAGE = 0.5;

export function isRelevant({ similarity, coverage, named }: Evidence): boolean {
  return named || similarity >= SURE_SIMILARITY || coverage >= LEAST_COVERAGE;
}

/** Robertson & Spärck Jones: the rarer a word, the more it tells. */
export function rarity(inChunks: number, chunks: number): number {
  return Math.log(1 + (Math.max(chunks, inChunks) - inChunks + 0.5) / (inChunks + 0.5));
}
