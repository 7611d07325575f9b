import type { AuditEntry, AuditEntryPage } from '@yudai/sdk';
import {
  type Trail,
  emptyTrail,
  entryOf,
  indexOf,
  mostPages,
  pageSize,
  pagesOf,
  placeOf,
  rowAt,
  withPage,
} from './trail';

const entry = (seq: number): AuditEntry => ({ seq }) as AuditEntry;
/** Entries from `newest` downwards. */
const entries = (newest: number, count: number): AuditEntry[] =>
  Array.from({ length: count }, (_, at) => entry(newest - at));
const page = (items: AuditEntry[], nextCursor: string | null = 'c', oldest = 1): AuditEntryPage => ({
  items,
  nextCursor,
  oldest,
});
const rows = ({ pages }: Trail): number => [...pages.values()].reduce((sum, all) => sum + all.length, 0);

describe('the whole trail', () => {
  const million = withPage(emptyTrail(true), 0, page(entries(1_000_000, pageSize)));

  it('has a row for each entry once the first page is there', () => {
    expect(million.length).toBe(1_000_000);
    expect(rowAt(million, 0)).toEqual(entry(1_000_000));
    expect(rowAt(million, 500_000)).toBeUndefined();
  });

  it('is found by number at any place, going back included', () => {
    expect(placeOf(million, 5000)).toEqual({ before: 500_001 });
    const there = withPage(million, 5000, page(entries(500_000, pageSize)));
    expect(entryOf(there, 499_950)).toEqual(entry(499_950));
    expect(indexOf(there, 1)).toBe(999_999);
    expect(placeOf(there, 0)).toEqual({ before: 1_000_001 });
  });

  it('keeps a bounded number of rows, those nearest to the last', () => {
    let trail = million;
    for (let at = 0; at < 200; at++) trail = withPage(trail, at, page(entries(1_000_000 - at * pageSize, pageSize)));
    expect(rows(trail)).toBe(mostPages * pageSize);
    expect(rowAt(trail, 0)).toBeUndefined();
    expect(rowAt(trail, 199 * pageSize)).toEqual(entry(1_000_000 - 199 * pageSize));
  });

  it('shows a hole where an entry is gone', () => {
    const holed = withPage(emptyTrail(true), 0, page(entries(50, 50).filter(({ seq }) => seq !== 48)));
    expect([rowAt(holed, 1), rowAt(holed, 2), rowAt(holed, 3)]).toEqual([entry(49), 'missing', entry(47)]);
    expect(entryOf(holed, 48)).toBeUndefined();
  });

  it('ends where retention has cut', () => {
    const cut = withPage(emptyTrail(true), 0, page(entries(1000, pageSize), 'c', 401));
    expect(cut.length).toBe(600);
    expect(indexOf(cut, 400)).toBeUndefined();
    expect(withPage(cut, 5, page(entries(500, pageSize), null, 401)).pages.get(5)).toHaveLength(pageSize);
  });

  it('is empty without entries', () => {
    const empty = withPage(emptyTrail(true), 0, { items: [], nextCursor: null, oldest: null });
    expect([empty.length, empty.counted]).toEqual([0, true]);
  });
});

describe('what a filter leaves', () => {
  const first = withPage(emptyTrail(false), 0, page(entries(900, pageSize), 'one'));

  it('promises more until the last page has been seen', () => {
    expect([first.length > pageSize, first.counted]).toEqual([true, false]);
    const last = withPage(first, 1, page(entries(700, 7), null));
    expect([last.length, last.counted]).toEqual([pageSize + 7, true]);
  });

  it('is reached page by page, and back by the cursors that were met', () => {
    expect(pagesOf(first, { start: 0, end: 130 })).toEqual([0, 1]);
    expect(pagesOf(first, { start: 500, end: 530 })).toEqual([1]);
    const second = withPage(first, 1, page(entries(700, pageSize), 'two'));
    expect([placeOf(second, 0), placeOf(second, 1), placeOf(second, 2)]).toEqual([
      {},
      { cursor: 'one' },
      { cursor: 'two' },
    ]);
    expect(withPage(second, 0, page(entries(900, pageSize), 'one')).length).toBe(second.length);
  });
});
