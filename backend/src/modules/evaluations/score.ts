/** How well files were found: Rk is the share of the expected ones in the first k, MRR 1 / the place of the first of them. */
export interface Score {
  readonly recallAt1: number;
  readonly recallAt5: number;
  readonly recallAt10: number;
  readonly mrr: number;
}

/** What the scorer of bench:retrieval's cases takes for a test, which is more than what the product does. */
const TEST_FOLDER = /(^|\/)(tests?|testing|__tests__|specs?|testdata|test-data|e2e|fixtures|testutil|benchmarks)\//i;
const TEST_FILE = /[._-](spec|test|e2e|bench)s?\.[a-z]+$|(^|\/)(test_[^/]*|conftest\.py)$/i;
const isTest = (path: string): boolean => TEST_FOLDER.test(path) || TEST_FILE.test(path);

/** At which place each of the expected files was found, 1 being the first; null where it was not. Tests do not count. */
export function placesOf(gold: readonly string[], files: readonly string[]): (number | null)[] {
  const ranked = [...new Set(files)].filter((file) => !isTest(file));
  return gold.map((file) => ranked.indexOf(file) + 1 || null);
}

/** Of one question. */
export function scoreOf(gold: readonly string[], files: readonly string[]): Score {
  const places = placesOf(gold, files).filter((place) => place !== null);
  const recall = (k: number): number => places.filter((place) => place <= k).length / gold.length;
  return {
    ...{ recallAt1: recall(1), recallAt5: recall(5), recallAt10: recall(10) },
    mrr: places.length === 0 ? 0 : 1 / Math.min(...places),
  };
}

export function meanOf(scores: readonly Score[]): Score {
  const of = (key: keyof Score): number => scores.reduce((sum, score) => sum + score[key], 0) / (scores.length || 1);
  return { recallAt1: of('recallAt1'), recallAt5: of('recallAt5'), recallAt10: of('recallAt10'), mrr: of('mrr') };
}
