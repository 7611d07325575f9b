import { readFile } from 'node:fs/promises';
import type { Case } from '../retrieval/cases.js';
import type { Weighed } from './calibration.js';

/** Two questions are apart by an empty line; the first paragraph tells where they are from. */
const FILE = new URL('unrelated.txt', import.meta.url);

export interface Posed {
  readonly kind: Weighed['kind'];
  readonly query: string;
}

/** What is asked of one repository: our list, titles of its own fixes, and issues of the others. Deterministic. */
export async function questionsFor(repo: string, cases: readonly Case[]): Promise<Posed[]> {
  const [, ...unrelated] = (await readFile(FILE, 'utf8')).trim().split(/\n{2,}/);
  const own = cases.filter((one) => one.repo === repo);
  const foreign = cases.filter((one) => one.repo !== repo);
  return [
    ...unrelated.map((query): Posed => ({ kind: 'unrelated', query })),
    ...own.map(({ query }): Posed => ({ kind: 'title', query: query.split('\n')[0] ?? '' })),
    ...own.map(({ query }): Posed => ({ kind: 'issue', query })),
    ...foreign.map(({ query }): Posed => ({ kind: 'foreign', query })),
  ];
}
