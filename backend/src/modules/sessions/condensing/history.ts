import { createHash } from 'node:crypto';
import type { Condensation } from '../entities/condensation.entity.js';
import type { Step } from '../repositories/condensations.repository.js';

/** What of a branch a condensation may stand for: everything that was said and that nobody has left out. */
export const counts = ({ bytes, dropped, streaming }: Step): boolean => bytes > 0 && !dropped && !streaming;

/** A branch in which a condensation takes the place of its beginning. */
export interface SplitBranch {
  /** The one that stands for the longest beginning; null where none fits. */
  readonly condensation: Condensation | null;
  /** What it stands for, oldest first. */
  readonly covered: readonly Step[];
  /** What else was said, left out or not, oldest first: what somebody has left out before its end, too. */
  readonly rest: readonly Step[];
}

/**
 * Finds the condensation that a branch goes on from. One that stands for other messages than the branch has up to its end,
 * because it is of another branch or something was left out or taken in since, does not fit.
 */
export function splitBranch(path: readonly Step[], condensations: readonly Condensation[]): SplitBranch {
  const candidates = Map.groupBy(condensations, ({ throughId }) => throughId);
  const digest = createHash('sha256');
  let found: { condensation: Condensation; end: number } | undefined;
  for (const [at, step] of path.entries()) {
    if (!counts(step)) continue;
    digest.update(step.id);
    const here = candidates.get(step.id);
    const value = here && digest.copy().digest('hex');
    const condensation = here?.find((each) => each.digest === value);
    if (condensation) found = { condensation, end: at + 1 };
  }
  return {
    condensation: found?.condensation ?? null,
    covered: path.slice(0, found?.end ?? 0).filter(counts),
    rest: [
      ...path.slice(0, found?.end ?? 0).filter(({ bytes, dropped }) => bytes > 0 && dropped),
      ...path.slice(found?.end ?? 0).filter(({ bytes }) => bytes > 0),
    ],
  };
}

/** By which a condensation of exactly these messages is found again. */
export const digestOf = (steps: readonly Step[]): string => {
  const digest = createHash('sha256');
  for (const { id } of steps) digest.update(id);
  return digest.digest('hex');
};
