import type { AuditEntry, AuditEntryPage } from '@yudai/sdk';

/** Rows of one page: as many as the server is asked for at once. */
export const pageSize = 100;
/** Pages that are kept; what is further away is forgotten and loaded again when it is scrolled to. */
export const mostPages = 12;
/** Rows that are promised below the last known one of a list whose length nobody has counted. */
const promised = 30;

/** A row of the list; `missing` where the trail has a hole: numbers are given without gaps. */
export type TrailRow = AuditEntry | 'missing';

/** As much of a list of entries as is known now. */
export interface Trail {
  /** The whole trail is found by number, at any place; what a filter leaves only from page to page. */
  readonly whole: boolean;
  /** Number of the entry in the first row, and of the last; 0 without entries, or with a filter. */
  readonly newest: number;
  readonly oldest: number;
  readonly length: number;
  /** Whether `length` is all there is. */
  readonly counted: boolean;
  readonly pages: ReadonlyMap<number, readonly TrailRow[]>;
  /** By page, what the server is asked with for it. */
  readonly cursors: readonly string[];
}

export const emptyTrail = (whole: boolean): Trail => ({
  whole,
  newest: 0,
  oldest: 0,
  length: 0,
  counted: false,
  pages: new Map(),
  cursors: [''],
});

/** From where on to ask for a page. */
export function placeOf(trail: Trail, page: number): { before?: number; cursor?: string } {
  if (trail.whole) return trail.counted ? { before: trail.newest - page * pageSize + 1 } : {};
  const cursor = trail.cursors[page];
  return cursor ? { cursor } : {};
}

/** The trail with an answer put in its place. */
export function withPage(trail: Trail, page: number, answer: AuditEntryPage): Trail {
  return trail.whole ? withNumbers(trail, page, answer) : withCursor(trail, page, answer);
}

function withNumbers(trail: Trail, page: number, { items, oldest }: AuditEntryPage): Trail {
  const newest = trail.counted ? trail.newest : (items[0]?.seq ?? 0);
  const last = Math.min(oldest ?? newest, newest);
  const length = newest ? newest - last + 1 : 0;
  const bySeq = new Map(items.map((entry) => [entry.seq, entry]));
  const first = page * pageSize;
  const rows = Array.from(
    { length: Math.max(0, Math.min(pageSize, length - first)) },
    (_, at): TrailRow => bySeq.get(newest - first - at) ?? 'missing',
  );
  return { ...trail, newest, oldest: last, length, counted: true, pages: kept(trail.pages, page, rows) };
}

function withCursor(trail: Trail, page: number, { items, nextCursor }: AuditEntryPage): Trail {
  const known = page * pageSize + items.length;
  const end = nextCursor === null;
  const cursors = [...trail.cursors];
  if (nextCursor !== null) cursors[page + 1] = nextCursor;
  return {
    ...trail,
    length: end ? known : trail.counted ? trail.length : Math.max(trail.length, known + promised),
    counted: trail.counted || end,
    cursors,
    pages: kept(trail.pages, page, items),
  };
}

/** The pages with one more, without those that are furthest from it. */
function kept(pages: Trail['pages'], page: number, rows: readonly TrailRow[]): Trail['pages'] {
  const all = [...pages, [page, rows] as const].sort(([a], [b]) => Math.abs(a - page) - Math.abs(b - page));
  return new Map(all.slice(0, mostPages));
}

/** What stands in a row; nothing while it is not loaded. */
export function rowAt({ pages }: Trail, index: number): TrailRow | undefined {
  return pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}

/** In which row an entry stands, as far as that is known. */
export function indexOf(trail: Trail, seq: number): number | undefined {
  if (trail.whole) {
    const index = trail.newest - seq;
    return trail.length > 0 && index >= 0 && index < trail.length ? index : undefined;
  }
  for (const [page, rows] of trail.pages) {
    const at = rows.findIndex((row) => row !== 'missing' && row.seq === seq);
    if (at >= 0) return page * pageSize + at;
  }
  return undefined;
}

/** An entry that is loaded. */
export function entryOf(trail: Trail, seq: number): AuditEntry | undefined {
  const index = indexOf(trail, seq);
  const row = index === undefined ? undefined : rowAt(trail, index);
  return row === 'missing' ? undefined : row;
}

/** The pages with these rows in them, in so far as the way to them is known. */
export function pagesOf(trail: Trail, { start, end }: { readonly start: number; readonly end: number }): number[] {
  const [first, last] = [Math.floor(start / pageSize), Math.floor(Math.max(start, end - 1) / pageSize)];
  const pages = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  // A filtered list is only reached page by page: what lies behind the last known cursor waits for the page there.
  const known = (page: number): number => (trail.whole ? page : Math.min(page, trail.cursors.length - 1));
  return [...new Set(pages.map(known))];
}
