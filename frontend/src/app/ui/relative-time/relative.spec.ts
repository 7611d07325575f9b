import { duration, relativeTime } from './relative';

describe('relativeTime', () => {
  const now = Date.parse('2026-06-15T12:00:00Z');
  const before = (seconds: number): string => relativeTime(now - seconds * 1000, now);

  it.each([
    [10, 'now'],
    [50, '1m ago'],
    [5 * 60, '5m ago'],
    [3 * 3600 + 100, '3h ago'],
    [30 * 3600, 'yesterday'],
    [4 * 86400, '4d ago'],
    [40 * 86400, '6 May'],
    [400 * 86400, '11 May 2025'],
  ])('%d seconds ago reads "%s"', (seconds, text) => expect(before(seconds)).toBe(text));

  it('speaks of the future too', () => expect(relativeTime(now + 2 * 3600_000, now)).toBe('in 2h'));
});

describe('duration', () => {
  it.each([
    [-3, '0 s'],
    [8.4, '8 s'],
    [200, '3 min'],
    [3600, '1 h'],
    [4800, '1 h 20 min'],
  ])('%d seconds read "%s"', (seconds, text) => expect(duration(seconds)).toBe(text));
});
