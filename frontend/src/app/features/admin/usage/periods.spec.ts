import { everyDay, periodOf } from './periods';

const now = Date.parse('2026-11-26T12:00:00.000Z');

describe('the period of the address', () => {
  it.each([
    [{}, '2026-10-27T12:00:00.000Z', undefined],
    [{ days: '7' }, '2026-11-19T12:00:00.000Z', undefined],
    [{ days: '8000' }, '2026-10-27T12:00:00.000Z', undefined],
    [{ from: '2026-11-01', to: '2026-11-02' }, '2026-11-01T00:00:00.000Z', '2026-11-03T00:00:00.000Z'],
    [{ from: '2026-11-01' }, '2026-11-01T00:00:00.000Z', undefined],
    [{ from: '2026-11-05', to: '2026-11-01' }, '2026-10-27T12:00:00.000Z', undefined],
    [{ from: 'yesterday' }, '2026-10-27T12:00:00.000Z', undefined],
  ])('reads %j', (params, from, to) => expect(periodOf(params, now)).toEqual({ from, to }));

  it('is never longer than the server takes', () => {
    const { from } = periodOf({ from: '2001-01-01', to: '2026-11-25' }, now);
    expect((Date.parse('2026-11-26') - Date.parse(from)) / 86_400_000).toBe(366);
  });
});

it('days without use have their place, too', () => {
  const used = { day: '2026-11-25', tokens: 5, costUsd: 1, calls: 1, solves: 0 };
  const days = everyDay([used], '2026-11-24T09:00:00.000Z', '2026-11-26T09:00:00.000Z');
  expect(days.map(({ day, tokens }) => [day, tokens])).toEqual([
    ['2026-11-24', 0],
    ['2026-11-25', 5],
    ['2026-11-26', 0],
  ]);
});
