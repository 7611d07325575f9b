/** What speaks for a snapshot having something on a question. */
export interface Evidence {
  /** Cosine of the nearest vector; null where there is none to compare with. */
  readonly similarity: number | null;
  /** Share of the question's words, weighed by rarity, that stand together in one chunk. */
  readonly coverage: number;
  /** It names a file that is there. */
  readonly named: boolean;
  /** How many the snapshot has. */
  readonly chunks: number;
}

/** The nearest of many is nearer by chance: so much for each ten times as many. */
const PER_TENFOLD = 0.04;
/**
 * Strength that is enough: set on one half of the questions that no repository answers, so that 2 in 100 of them pass, and
 * measured on the other half (docs/retrieval.md).
 */
const LEAST = 0.32;
/** Nearly all that was asked for stands together: names, quotations, short questions. */
const ALL_WORDS = 0.7;

/** The nearness that is no chance, comparable between snapshots of any size. */
export function strengthOf({ similarity, chunks }: Evidence): number {
  return (similarity ?? 0) - PER_TENFOLD * Math.log10(Math.max(1, chunks) / 1_000);
}

/**
 * Each is enough by itself. Without a vector to compare with, nothing speaks against what the other ways find: few questions
 * have nearly all of their words in one place, and the rest of them must not be told that there is nothing.
 */
export function isRelevant(evidence: Evidence): boolean {
  if (evidence.similarity === null) return true;
  return evidence.named || evidence.coverage >= ALL_WORDS || strengthOf(evidence) >= LEAST;
}
