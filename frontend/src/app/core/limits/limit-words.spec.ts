import { amount, limitLabel, share, usedOf } from './limit-words';

describe('limits in words', () => {
  it('writes money as money, a fraction of a cent included, and counts as counts', () => {
    expect([
      amount('usd-per-month', 12.5),
      amount('usd-per-month', 0.0123),
      amount('tokens-per-day', 1_200_000),
    ]).toEqual(['$12.50', '$0.0123', '1,200,000']);
  });

  it('knows what has no limit from what is used up', () => {
    expect(usedOf('open-solves', 3, null)).toBe('3, no limit');
    expect([share(3, null), share(0, 0), share(9, 5), share(1, 4)]).toEqual([undefined, 1, 1, 0.25]);
  });

  it('leaves a name that is new to it as it is', () => expect(limitLabel('stars-per-night')).toBe('stars-per-night'));
});
