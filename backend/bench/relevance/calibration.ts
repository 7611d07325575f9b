import { type Evidence, isRelevant, strengthOf } from '../../src/modules/embeddings/search/relevance.js';

/** A question that was asked of a repository, and what spoke for there being something on it. */
export interface Weighed {
  readonly repo: string;
  /** `unrelated`: of our list; `title`, `issue`: of the repository's own fixes; `foreign`: an issue of another one. */
  readonly kind: 'unrelated' | 'title' | 'issue' | 'foreign';
  readonly evidence: Evidence;
}

/** Of the questions that nothing answers, so many may pass for answered. */
const MOST_FALSE = 0.02;

/** Every other one of each kind: the list goes through its subjects in turn, and the cases through time. */
function half(weighed: readonly Weighed[], which: 0 | 1): Weighed[] {
  const groups = Map.groupBy(weighed, ({ repo, kind }) => `${repo} ${kind}`);
  return [...groups.values()].flatMap((group) => group.filter((_, at) => at % 2 === which));
}

const isOwn = ({ kind }: Weighed): boolean => kind === 'title' || kind === 'issue';

/** The least strength at which no more of the unrelated questions pass than may: everything else should be found. */
export function leastStrength(weighed: readonly Weighed[]): number {
  const strengths = weighed
    .filter(({ kind }) => kind === 'unrelated')
    .map(({ evidence }) => strengthOf(evidence))
    .sort((a, b) => b - a);
  const highest = strengths[Math.floor(strengths.length * MOST_FALSE)] ?? 0;
  return Math.ceil(highest * 200 + 1e-6) / 200;
}

const rate = (some: readonly Weighed[], is: (one: Weighed) => boolean): string =>
  some.length === 0
    ? '–'.padStart(18)
    : `${((100 * some.filter(is).length) / some.length).toFixed(1)} % of ${some.length}`.padStart(18);

function line(name: string, some: readonly Weighed[]): string {
  const found = ({ evidence }: Weighed): boolean => isRelevant(evidence);
  const missed = (one: Weighed): boolean => !found(one);
  return [
    name.padEnd(28),
    rate(
      some.filter(({ kind }) => kind === 'unrelated'),
      found,
    ),
    rate(some.filter(isOwn), missed),
    rate(
      some.filter(({ kind }) => kind === 'title'),
      missed,
    ),
    rate(
      some.filter(({ kind }) => kind === 'issue'),
      missed,
    ),
    rate(
      some.filter(({ kind }) => kind === 'foreign'),
      found,
    ),
  ].join('');
}

/** What the first half would set, and what the threshold in use does on each half and repository. */
export function report(weighed: readonly Weighed[]): string {
  const repos = [...new Set(weighed.map(({ repo }) => repo))];
  const heads = ['unrelated found', 'own missed', 'titles missed', 'issues missed', 'foreign found'];
  return [
    `the first half sets ${leastStrength(half(weighed, 0)).toFixed(3)}; with the threshold in use:`,
    `${''.padEnd(28)}${heads.map((head) => head.padStart(18)).join('')}`,
    line('first half', half(weighed, 0)),
    line('second half', half(weighed, 1)),
    ...repos.map((repo) =>
      line(
        `  ${repo}, second half`,
        half(weighed, 1).filter((one) => one.repo === repo),
      ),
    ),
  ].join('\n');
}
