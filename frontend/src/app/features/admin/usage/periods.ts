import type { DayUsage } from '@yudai/sdk';

const day = 86_400_000;
/** The longest period the server sums up, in days. */
export const longest = 366;
export const spans = [1, 7, 30, 90, 365] as const;
export const standardSpan = 30;

const isDate = (text: string | undefined): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '');

/** What the address says about the period: two dates of which the last one counts, too, or a number of days up to now. */
export function periodOf(
  params: { readonly from?: string | undefined; readonly to?: string | undefined; readonly days?: string | undefined },
  now: number,
): { readonly from: string; readonly to: string | undefined } {
  const { from, to } = params;
  if (isDate(from)) {
    const end = isDate(to) ? Date.parse(to) + day : undefined;
    const begin = Math.max(Date.parse(from), (end ?? now) - longest * day);
    if (begin < (end ?? now)) return { from: iso(begin), to: end === undefined ? undefined : iso(end) };
  }
  const days = spans.find((each) => String(each) === params.days) ?? standardSpan;
  return { from: iso(now - days * day), to: undefined };
}

/** Every day of the period, those without use included, oldest first. */
export function everyDay(days: readonly DayUsage[], from: string, to: string): DayUsage[] {
  const used = new Map(days.map((each) => [each.day, each]));
  const all: DayUsage[] = [];
  for (let at = Date.parse(from.slice(0, 10)); at < Date.parse(to); at += day) {
    const name = iso(at).slice(0, 10);
    all.push(used.get(name) ?? { day: name, tokens: 0, costUsd: 0, calls: 0, solves: 0 });
  }
  return all;
}

const iso = (at: number): string => new Date(at).toISOString();
