/** 1-based, both ends included. */
export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

/** Lines of less than this say nothing: a brace, an `end`. */
const LEAST_WORDS = 2;
const WORD = /[\p{L}\p{N}_]{2,}/gu;

/**
 * Where lines stand now. Indentation does not count. Lines that stand there more than once, or say next to nothing, are not
 * taken for the same: a wrong place is worse than none.
 * @returns the place, the old one where they still stand; null where they are found no more
 */
export function relocate(cited: readonly string[], lines: readonly string[], startLine: number): LineRange | null {
  const wanted = cited.map((line) => line.trim());
  const there = lines.map((line) => line.trim());
  const standsAt = (start: number): boolean =>
    start >= 0 && start + wanted.length <= there.length && wanted.every((line, at) => there[start + at] === line);
  const placeOf = (start: number): LineRange => ({ startLine: start + 1, endLine: start + wanted.length });
  if (wanted.length === 0) return null;
  if (standsAt(startLine - 1)) return placeOf(startLine - 1);
  if ((wanted.join('\n').match(WORD) ?? []).length < LEAST_WORDS) return null;
  const found = there.flatMap((_, start) => (standsAt(start) ? [start] : []));
  const [only] = found;
  return found.length === 1 && only !== undefined ? placeOf(only) : null;
}
