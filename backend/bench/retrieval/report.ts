import { together, type Findings, type Way, WAYS, WEIGHTS } from '../../src/modules/embeddings/search/finder.js';
import { meanOf, type Score, scoreOf } from '../../src/modules/evaluations/score.js';
import type { Case } from './cases.js';
import { bestOrder, type Orders } from './reranking.js';

/** A case, what the product's search answered, and what that was put together from. */
export interface Answered {
  readonly asked: Case;
  /** Paths, best first. */
  readonly answered: readonly string[];
  /** Whether somebody who asks it in a session is told that nothing relevant was found. */
  readonly silent: boolean;
  readonly findings: Findings;
  readonly orders: Orders;
}

type Weights = Readonly<Record<Way, number>>;

const figures = ({ recallAt1, recallAt5, recallAt10, mrr }: Score): number[] => [recallAt1, recallAt5, recallAt10, mrr];

const line = (name: string, score: Score): string =>
  `${name.padEnd(44)}${figures(score)
    .map((value) => value.toFixed(3))
    .join('  ')}`;

const scoresOf = (answers: readonly Answered[], weights: Weights): Score[] =>
  answers.map(({ asked, findings }) =>
    scoreOf(
      asked.gold,
      together(findings, weights).map(({ path }) => path),
    ),
  );

/** With all ways, for each repository, without one way, with it alone, without demotion, of an answer's passages, and with weights chosen on the other repositories. */
export function report(answers: readonly Answered[]): string {
  const lines = [`${''.padEnd(44)}R@1    R@5    R@10   MRR   (${answers.length} cases, test files left out)`];
  const repos = [...new Set(answers.map(({ asked }) => asked.repo))];
  const of = (repo: string): Answered[] => answers.filter(({ asked }) => asked.repo === repo);
  for (const repo of repos) lines.push(line(repo, meanOf(scoresOf(of(repo), WEIGHTS))));
  const written = answers.map(({ asked, answered }) => scoreOf(asked.gold, answered));
  lines.push(line('all', meanOf(written)));
  lines.push(`  in a session, ${answers.filter(({ silent }) => silent).length} would be told that nothing is relevant`);
  for (const way of WAYS) {
    lines.push(line(`  without ${way}`, meanOf(scoresOf(answers, { ...WEIGHTS, [way]: 0 }))));
    lines.push(line(`  ${way} alone`, meanOf(scoresOf(answers, only(way)))));
  }
  lines.push(line('  without demotion', meanOf(scoresOf(answers.map(asIfAllWanted), WEIGHTS))));
  lines.push(...reranked(answers));
  if (repos.length > 1) lines.push(...leftOut(answers, repos));
  return lines.join('\n');
}

const asIfAllWanted = ({ findings, ...answered }: Answered): Answered => ({
  ...answered,
  findings: { ...findings, wanted: { tests: true, docs: true } },
});

/** What the order of the passages for an answer is worth: the search's, the model's, and the best that a model could give. */
function reranked(answers: readonly Answered[]): string[] {
  const of = (name: string, order: (one: Answered) => readonly string[]): string =>
    line(`  passages: ${name}`, meanOf(answers.map((one) => scoreOf(one.asked.gold, order(one)))));
  const files = answers.reduce((sum, { orders }) => sum + orders.found.length, 0) / (answers.length || 1);
  const asked = answers.filter(({ orders }) => orders.byModel !== undefined);
  const ordered = asked.filter(({ orders }) => orders.byModel !== null);
  const byModel = `by the model (${ordered.length} of ${asked.length})`;
  return [
    of(`as found (${files.toFixed(1)} files)`, ({ orders }) => orders.found),
    ...(asked.length > 0 ? [of(byModel, ({ orders }) => orders.byModel ?? orders.found)] : []),
    of('best order', ({ asked: { gold }, orders }) => bestOrder(orders.found, gold)),
  ];
}

const only = (way: Way): Weights => ({ ...{ words: 0, meaning: 0, history: 0, paths: 0, quotes: 0 }, [way]: 1 });

const STEPS = { meaning: [0, 0.3, 0.5, 0.8, 1.2], history: [0, 0.2, 0.4, 0.6, 0.8] };
const GRID: readonly Weights[] = STEPS.meaning.flatMap((meaning) =>
  STEPS.history.map((history) => ({ ...WEIGHTS, meaning, history })),
);

function leftOut(answers: readonly Answered[], repos: readonly string[]): string[] {
  const tried = GRID.map((weights) => ({ weights, scores: scoresOf(answers, weights) }));
  const pick = (scores: readonly Score[], repo: string, same: boolean): Score[] =>
    scores.filter((_, at) => (answers[at]?.asked.repo === repo) === same);
  const chosen = repos.map((repo) => {
    const [best] = tried.toSorted((a, b) => worth(pick(b.scores, repo, false)) - worth(pick(a.scores, repo, false)));
    return { repo, weights: best?.weights, scores: pick(best?.scores ?? [], repo, true) };
  });
  const lines = chosen.map(({ repo, weights, scores }) =>
    line(`${repo}, chosen elsewhere (m ${weights?.meaning} h ${weights?.history})`, meanOf(scores)),
  );
  return [...lines, line('leave one repository out', meanOf(chosen.flatMap(({ scores }) => scores)))];
}

/** What weights are chosen by. */
const worth = (scores: readonly Score[]): number => figures(meanOf(scores)).reduce((sum, value) => sum + value);
