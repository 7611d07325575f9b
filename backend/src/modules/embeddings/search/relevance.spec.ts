import { isRelevant } from './relevance.js';

const NOTHING = { similarity: 0, coverage: 0, named: false, chunks: 1_000 };

describe('whether a repository has something on a question', () => {
  it('takes a near meaning, words that stand together, or a file that is named', () => {
    expect(isRelevant({ ...NOTHING, similarity: 0.4 })).toBe(true);
    expect(isRelevant({ ...NOTHING, coverage: 0.8 })).toBe(true);
    expect(isRelevant({ ...NOTHING, named: true })).toBe(true);
  });

  it('is not taken in by a stray word or a vector that merely is the nearest', () => {
    expect(isRelevant(NOTHING)).toBe(false);
    expect(isRelevant({ ...NOTHING, similarity: 0.28 })).toBe(false);
    expect(isRelevant({ ...NOTHING, coverage: 0.55 })).toBe(false);
  });

  it('turns nothing down where there is no vector to compare with', () => {
    expect(isRelevant({ ...NOTHING, similarity: null })).toBe(true);
  });

  it('asks for more nearness where more could be near by chance', () => {
    expect(isRelevant({ ...NOTHING, similarity: 0.3, chunks: 50 })).toBe(true);
    expect(isRelevant({ ...NOTHING, similarity: 0.34, chunks: 30_000 })).toBe(false);
  });
});
