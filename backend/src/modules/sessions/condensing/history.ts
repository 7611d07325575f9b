import { createHash } from 'node:crypto';
import type { Condensation } from '../entities/condensation.entity.js';
import type { Step } from '../repositories/condensations.repository.js';

/** What of a branch a condensation may stand for: everything that was said and that nobody has left out. */
export const counts = ({ bytes, dropped, streaming }: Step): boolean => bytes > 0 && !dropped && !streaming;

/** A branch in which a condensation takes the place of its beginning. */
export interface SplitBranch {
  /** The one that stands for the longest beginning, or that somebody has dropped; null where none fits. */
  readonly condensation: Condensation | null;
  /** What it stands for, oldest first. */
  readonly covered: readonly Step[];
  /**
   * What else was said, left out or not, oldest first: what somebody has left out before its end, too. Everything, where the
   * condensation is dropped.
   */
  readonly rest: readonly Step[];
}

export function splitBranch(path: readonly Step[], condensations: readonly Condensation[]): SplitBranch {
  const { condensation, end } = beginningOf(path, condensations) ?? { condensation: null, end: 0 };
  const from = condensation?.dropped ? 0 : end;
  return {
    condensation,
    covered: path.slice(0, end).filter(counts),
    rest: [
      ...path.slice(0, from).filter(({ bytes, dropped }) => bytes > 0 && dropped),
      ...path.slice(from).filter(({ bytes }) => bytes > 0),
    ],
  };
}

interface Beginning {
  readonly condensation: Condensation;
  /** How many steps of the branch lie behind it. */
  readonly end: number;
}

/**
 * Finds the condensation that a branch goes on from. One that stands for other messages than the branch has up to its end,
 * because it is of another branch or something was left out or taken in since, does not fit. Where somebody has dropped one
 * that does, no other is used: a longer one may be built upon it, a shorter one is what it was built upon.
 */
function beginningOf(path: readonly Step[], condensations: readonly Condensation[]): Beginning | undefined {
  const candidates = Map.groupBy(condensations, ({ throughId }) => throughId);
  const digest = createHash('sha256');
  let found: Beginning | undefined;
  for (const [at, step] of path.entries()) {
    if (!counts(step)) continue;
    digest.update(step.id);
    const here = candidates.get(step.id);
    const value = here && digest.copy().digest('hex');
    const condensation = here?.find((each) => each.digest === value);
    if (condensation && (condensation.dropped || !found?.condensation.dropped)) found = { condensation, end: at + 1 };
  }
  return found;
}

/** By which a condensation of exactly these messages is found again. */
export const digestOf = (steps: readonly Step[]): string => {
  const digest = createHash('sha256');
  for (const { id } of steps) digest.update(id);
  return digest.digest('hex');
};
