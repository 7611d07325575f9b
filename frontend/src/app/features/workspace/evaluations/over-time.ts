import type { EvaluatedFix, Evaluation } from '@yudai/sdk';
import { withoutGaps } from './periods';

/** Whose words were asked; all of them together last. */
export const askedWith = ['issue', 'commit', 'all'] as const;
export type AskedWith = (typeof askedWith)[number];

type Shares = Pick<NonNullable<EvaluatedFix['score']>, 'recallAt1' | 'recallAt5' | 'recallAt10'>;

/** What was found in one period, or by one evaluation; nothing where there was no fix. */
export interface Moment {
  readonly label: string;
  readonly fixes: number;
  readonly recall: Shares | null;
}

/** Fixes that were asked with these words. */
export const askedSo = (fixes: readonly EvaluatedFix[], words: AskedWith): readonly EvaluatedFix[] =>
  fixes.filter(({ source }) => words === 'all' || source === words);

/** By the month in which they were fixed, the oldest first; by the year where that would be too many months. */
export function byMonth(fixes: readonly EvaluatedFix[]): readonly Moment[] {
  const asked = fixes.flatMap(({ fixedAt, score }) => (score ? [{ fixedAt, score }] : []));
  return withoutGaps(asked.map(({ fixedAt }) => fixedAt)).map((label) => {
    const scores = asked.filter(({ fixedAt }) => fixedAt.startsWith(label)).map(({ score }) => score);
    return { label, fixes: scores.length, recall: scores.length === 0 ? null : meanOf(scores) };
  });
}

/** By the evaluation, the oldest first: those that came to their end and had fixes with such words. */
export function byEvaluation(evaluations: readonly Evaluation[], words: AskedWith): readonly Moment[] {
  return evaluations
    .flatMap(({ createdAt, scores }) => {
      const score = scores?.[words];
      return score ? [{ label: createdAt.slice(0, 10), fixes: score.cases, recall: score }] : [];
    })
    .reverse();
}

function meanOf(scores: readonly Shares[]): Shares {
  const of = (key: keyof Shares): number => scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
  return { recallAt1: of('recallAt1'), recallAt5: of('recallAt5'), recallAt10: of('recallAt10') };
}
