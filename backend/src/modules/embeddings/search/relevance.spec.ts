import { isRelevant, rarity } from './relevance.js';

const NOTHING = { similarity: 0, coverage: 0, named: false };

describe('whether a repository has something on a question', () => {
  it('takes a near meaning, words that stand together, or a file that is named', () => {
    expect(isRelevant({ ...NOTHING, similarity: 0.45 })).toBe(true);
    expect(isRelevant({ ...NOTHING, coverage: 0.8 })).toBe(true);
    expect(isRelevant({ ...NOTHING, named: true })).toBe(true);
    expect(isRelevant({ ...NOTHING, similarity: 0.25, coverage: 0.35 })).toBe(true);
  });

  it('is not taken in by a stray word or a vector that merely is the nearest', () => {
    expect(isRelevant(NOTHING)).toBe(false);
    expect(isRelevant({ ...NOTHING, similarity: 0.3 })).toBe(false);
    expect(isRelevant({ ...NOTHING, coverage: 0.3 })).toBe(false);
  });

  it('weighs a word by how rare it is', () => {
    expect(rarity(1, 1_000)).toBeGreaterThan(rarity(100, 1_000));
    expect(rarity(1_000, 1_000)).toBeGreaterThan(0);
    expect(rarity(2_000, 1_000)).toBeGreaterThan(0);
  });
});
