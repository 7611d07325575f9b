import { endingMark } from './ending';

describe('the mark of a session that nobody uses', () => {
  const now = Date.parse('2026-06-15T12:00:00Z');

  it.each([
    ['2026-12-12T12:00:00Z', undefined],
    ['2026-06-29T12:00:01Z', undefined],
    ['2026-06-29T12:00:00Z', 'deleted in 14 days'],
    ['2026-06-17T11:00:00Z', 'deleted in 2 days'],
    ['2026-06-16T11:00:00Z', 'deleted within a day'],
    ['2026-06-15T11:00:00Z', 'deleted within a day'],
  ])('that ends at %s is %s', (expiresAt, mark) => expect(endingMark({ expiresAt }, now)).toBe(mark));
});
