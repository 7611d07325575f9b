import { HistoryRepository } from '../../src/modules/embeddings/repositories/history.repository.js';
import { newId } from '../../src/platform/database/ids.js';
import type { ApiClient } from '../support/index.js';
import { finished, openSession, pathsOf, search, serves, startWorkspace, type Workspace } from './workspace.js';

const FILLER = Array.from({ length: 30 }, (_, at) => `export const value${at} = ${at};`).join('\n');

let workspace: Workspace;
let member: ApiClient;
let session: string;
let snapshot: { id: string; repositoryId: string };

beforeAll(async () => {
  workspace = await startWorkspace();
  await workspace.work();
  await workspace.repository('past', {
    'src/first.js': `${FILLER}\nexport const first = 1;\n`,
    'lib/alike.js': `${FILLER}\nexport const first = 11;\n`,
    'src/second.js': 'export const second = 2;\n',
    'src/third.js': 'export const third = 3;\n',
    'test/second.test.js': 'second();\n',
  });
  const commit = (message: string, files: Record<string, string | null>): Promise<unknown> =>
    workspace.forge('repositories/acme/past/commits', { branch: 'main', message, files });
  await commit('Birthdays in leap years (#12)\n\nOf giraffes.', {
    'src/first.js': `${FILLER}\nexport const first = 11;\n`,
  });
  await commit('Birthdays are counted', {
    ...{ 'src/second.js': 'export const second = 22;\n', 'src/third.js': 'export const third = 33;\n' },
    'test/second.test.js': 'second(2);\n',
  });
  await commit('Move', { 'src/first.js': null, 'lib/moved.js': `${FILLER}\nexport const first = 11;\n` });
  member = await workspace.as('member');
  session = await openSession(member, 'past');
  await finished(member, session);
  const [row] = await workspace.stack.sql<typeof snapshot>(
    `SELECT s.id, s.repository_id AS "repositoryId" FROM index_snapshots s JOIN repositories r ON r.id = s.repository_id
      WHERE r.name = 'past'`,
  );
  if (!row) throw new Error('nothing is indexed');
  snapshot = row;
}, 300_000);
afterAll(() => workspace.stack.stop());

const about = async (word: string): Promise<string[]> => {
  const found = await workspace.api.get(HistoryRepository).about(snapshot.id, [{ word, weight: 1 }]);
  return [...found].sort(([, a], [, b]) => b - a).map(([path]) => path);
};

it('a file is about what the commits that changed it say, also under the name it had; tests are not', async () => {
  expect(await about('leap')).toEqual(['lib/moved.js']);
  expect((await about('birthday'))[0]).toBe('lib/moved.js');
  expect((await about('birthday')).sort()).toEqual(['lib/moved.js', 'src/second.js', 'src/third.js']);
});

it('what a message says below its first line, and the number of an issue, are no words', async () => {
  expect(await about('giraff')).toEqual([]);
  expect(await about('12')).toEqual([]);
});

it('of two files that are alike, that one is found first which was changed for it', async () => {
  const query = 'value28 and value29 in leap years';
  expect(pathsOf(await search(member, session, { query }))[0]).toBe('lib/moved.js');
});

it('what is on no way to the commit that is searched says nothing', async () => {
  const id = newId();
  await workspace.stack.sql(
    `INSERT INTO repository_commits (id, repository_id, sha, committed_at, files, words)
     VALUES ($1, $2, 'later', now() + interval '1 day', 1, '{leap}')`,
    [id, snapshot.repositoryId],
  );
  await workspace.stack.sql(`INSERT INTO commit_files (commit_id, path, via) VALUES ($1, 'src/second.js', $1)`, [id]);
  expect(await about('leap')).toEqual(['lib/moved.js']);
});

it('a name that a file was given on no way to the commit that is searched is none of its own', async () => {
  await workspace.stack.sql(
    `INSERT INTO commit_files (commit_id, path, via)
     SELECT f.commit_id, 'src/third.js', l.id FROM commit_files f, repository_commits l
      WHERE f.path = 'src/first.js' AND l.sha = 'later'`,
  );
  expect(await about('leap')).toEqual(['lib/moved.js']);
});

it('a commit is kept once, however often the branch is read', async () => {
  const count = async (): Promise<unknown> =>
    workspace.stack.sql(
      `SELECT count(*)::int AS n FROM repository_commits WHERE repository_id = $1 AND sha <> 'later'`,
      [snapshot.repositoryId],
    );
  const before = await count();
  const commit = await workspace.commit('past', { 'src/third.js': 'export const third = 333;\n' });
  await serves(member, session, commit);
  const [{ n }] = before as [{ n: number }];
  expect(await count()).toEqual([{ n: n + 1 }]);
});
