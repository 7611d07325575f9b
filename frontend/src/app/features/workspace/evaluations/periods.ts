/** More months than these are shown as years. */
const mostMonths = 24;

/**
 * Every month (`2026-03`) from the first to the last of these times, those without any as well; years (`2026`) where that
 * would be too many. Times are ISO 8601 UTC.
 */
export function withoutGaps(times: readonly string[]): readonly string[] {
  const sorted = [...times].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [from, to] = [monthOf(first), monthOf(last)];
  if (to - from < mostMonths) return between(from, to).map(monthName);
  return between(Math.floor(from / 12), Math.floor(to / 12)).map(String);
}

/** Months since the year 0. */
const monthOf = (time: string): number => Number(time.slice(0, 4)) * 12 + Number(time.slice(5, 7)) - 1;

const monthName = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

const between = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
