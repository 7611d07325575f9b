import { readFile, writeFile } from 'node:fs/promises';
import { issueQuestion } from '../../src/modules/embeddings/text/question.js';

/** An issue, and the files that were changed for it. Only its text and snapshot may be used to answer it. */
export interface Case {
  readonly id: string;
  /** `owner/name`. */
  readonly repo: string;
  readonly snapshot: string;
  readonly query: string;
  readonly gold: readonly string[];
}

interface Line {
  readonly id: string;
  readonly repo: string;
  readonly snapshot: string;
  readonly query_title: string;
  readonly query_body: string;
  readonly gold_files: readonly string[];
}

/** One JSON a line. */
export async function readCases(file: string): Promise<Case[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines
    .map((line) => JSON.parse(line) as Line)
    .map(({ id, repo, snapshot, query_title: title, query_body: body, gold_files: gold }) => ({
      ...{ id, repo, snapshot, gold },
      query: issueQuestion(title, body),
    }));
}

/** A commit that is asked about. A repository may be asked about at several, each of which is a repository of its own. */
export interface Corpus {
  readonly owner: string;
  readonly name: string;
  /** What the forge calls it. */
  readonly at: string;
  readonly commit: string;
  readonly cases: readonly Case[];
}

export function corporaOf(cases: readonly Case[]): Corpus[] {
  return [...Map.groupBy(cases, ({ repo, snapshot }) => `${repo} ${snapshot}`)].map(([key, of]) => {
    const [owner = '', name = '', commit = ''] = key.split(/[/ ]/);
    return { owner, name, at: `${name}-${commit.slice(0, 12)}`, commit, cases: of };
  });
}

export type Predictions = ReadonlyMap<string, readonly string[]>;

export async function writePredictions(file: string, predictions: Predictions): Promise<void> {
  const lines = [...predictions].map(([id, files]) => JSON.stringify({ id, files }));
  await writeFile(file, `${lines.join('\n')}\n`);
}
