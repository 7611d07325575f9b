import { aFix, anEvaluation } from '../../../../testing/samples';
import { byEvaluation, byMonth } from './over-time';

const found = (recallAt1: number) => ({ recallAt1, recallAt5: 1, recallAt10: 1, mrr: 1 });
const fixed = (fixedAt: string, recallAt1: number) =>
  aFix({ fixedAt: `${fixedAt}T00:00:00.000Z`, score: found(recallAt1) });

describe('recall over time', () => {
  it('is the mean of a month, and nothing is made up for a month without a fix', () => {
    const moments = byMonth([fixed('2026-01-31', 1), fixed('2025-11-01', 0), fixed('2025-11-30', 1)]);
    expect(moments.map(({ label, fixes, recall }) => [label, fixes, recall?.recallAt1])).toEqual([
      ['2025-11', 2, 0.5],
      ['2025-12', 0, undefined],
      ['2026-01', 1, 1],
    ]);
  });

  it('is by the year where there would be too many months, and leaves out what was not asked yet', () => {
    const moments = byMonth([
      fixed('2026-01-31', 1),
      fixed('2019-05-01', 0),
      aFix({ fixedAt: '1999-01-01', score: null }),
    ]);
    expect([moments[0]?.label, moments.at(-1)?.label, moments.length]).toEqual(['2019', '2026', 8]);
  });

  it('goes from the oldest evaluation to the newest, over those that came to their end', () => {
    const score = { cases: 3, ...found(0.5) };
    const moments = byEvaluation(
      [
        anEvaluation({ createdAt: '2026-03-01T00:00:00.000Z' }),
        anEvaluation({ createdAt: '2026-02-01T00:00:00.000Z', scores: { all: score, issue: null, commit: score } }),
        anEvaluation({ createdAt: '2026-01-01T00:00:00.000Z', scores: { all: score, issue: score, commit: null } }),
      ],
      'all',
    );
    expect(moments.map(({ label }) => label)).toEqual(['2026-01-01', '2026-02-01']);
  });
});
