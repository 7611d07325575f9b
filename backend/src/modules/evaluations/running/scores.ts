import type { EvaluationCase } from '../entities/evaluation-case.entity.js';
import type { MeanScore, Scores } from '../evaluation.types.js';
import { meanOf, scoreOf } from '../score.js';

type Asked = Pick<EvaluationCase, 'source' | 'gold' | 'files'>;

/** Means over all cases and by whose words were asked. */
export function scoresOf(cases: readonly Asked[]): Scores {
  const mean = (some: readonly Asked[]): MeanScore | null =>
    some.length === 0
      ? null
      : { cases: some.length, ...meanOf(some.map(({ gold, files }) => scoreOf(gold, files ?? []))) };
  return {
    all: mean(cases),
    issue: mean(cases.filter(({ source }) => source === 'issue')),
    commit: mean(cases.filter(({ source }) => source === 'commit')),
  };
}
