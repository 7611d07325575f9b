import type { FoundFile, FoundSpan } from './fusion.js';

/** A place in a file, and what it is worth to somebody who looks for an answer, 0–1. */
export interface Place extends FoundSpan {
  readonly worth: number;
}

export const SPANS_PER_FILE = 3;
/** What a further place counts, were it as good as the file's best: whoever has read the best one knows the file. */
const FURTHER = 0.8;

/**
 * Which places somebody should read who reads no more than `limit`, best first. A file's best place stands where the file
 * stands; the next ones behind it, by their share of the best. Measured in docs/retrieval.md.
 */
export function bestPlaces(files: readonly FoundFile[], limit: number): Place[] {
  return files
    .slice(0, limit)
    .flatMap(({ score, spans }) =>
      spans
        .slice(0, SPANS_PER_FILE)
        .map((span, at) => ({ ...span, worth: at === 0 ? score : further(score, span, spans[0]) })),
    )
    .sort((a, b) => b.worth - a.worth)
    .slice(0, limit);
}

const further = (score: number, { fused }: FoundSpan, best: FoundSpan | undefined): number =>
  best && best.fused > 0 ? score * FURTHER * (fused / best.fused) : 0;
