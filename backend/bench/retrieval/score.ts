import type { Case } from './cases.js';

/** R@k: share of a case's files in the first k; MRR: 1 / the place of the first of them. Means over cases. */
export interface Score {
  readonly 'R@1': number;
  readonly 'R@5': number;
  readonly 'R@10': number;
  readonly MRR: number;
}

const KS = [1, 5, 10] as const;
/** What the scorer of the cases takes for a test, which is more than what the product does. */
const TEST_FOLDER = /(^|\/)(tests?|testing|__tests__|specs?|testdata|test-data|e2e|fixtures|testutil|benchmarks)\//i;
const TEST_FILE = /[._-](spec|test|e2e|bench)s?\.[a-z]+$|(^|\/)(test_[^/]*|conftest\.py)$/i;
const isTest = (path: string): boolean => TEST_FOLDER.test(path) || TEST_FILE.test(path);

/** Of one case, test files left out of the ranking. */
export function scoreOf({ gold }: Case, files: readonly string[]): Score {
  const ranked = [...new Set(files)].filter((file) => !isTest(file));
  const places = gold.map((file) => ranked.indexOf(file) + 1).filter((place) => place > 0);
  const recall = (k: number): number => places.filter((place) => place <= k).length / gold.length;
  const [one, five, ten] = KS.map(recall) as [number, number, number];
  return { 'R@1': one, 'R@5': five, 'R@10': ten, MRR: places.length === 0 ? 0 : 1 / Math.min(...places) };
}

export function meanOf(scores: readonly Score[]): Score {
  const of = (key: keyof Score): number => scores.reduce((sum, score) => sum + score[key], 0) / (scores.length || 1);
  return { 'R@1': of('R@1'), 'R@5': of('R@5'), 'R@10': of('R@10'), MRR: of('MRR') };
}

/** What weights are chosen by. */
export const sumOf = (score: Score): number => score['R@1'] + score['R@5'] + score['R@10'] + score.MRR;
