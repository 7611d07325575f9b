import type { Score } from './score.js';

export const EVALUATION_STATUSES = ['queued', 'running', 'done', 'failed'] as const;
export type EvaluationStatus = (typeof EVALUATION_STATUSES)[number];

/** Whose words were asked: those of the issue on GitHub, or where there is none the commit's own. */
export const CASE_SOURCES = ['issue', 'commit'] as const;
export type CaseSource = (typeof CASE_SOURCES)[number];

/** A mean, and over how many cases. */
export interface MeanScore extends Score {
  readonly cases: number;
}

/** Null where there is no such case. */
export type Scores = Readonly<Record<'all' | CaseSource, MeanScore | null>>;
