import { chooseFixes, type Fix } from './fixes.js';

/** Commits of a line, the newest first; each one's parent is the next. */
const line = (...fixes: readonly (Partial<Fix> & { sha: string })[]): Fix[] =>
  fixes.map(({ sha, ...rest }) => ({
    ...{ sha, parent: `before ${sha}`, fixedAt: new Date(0), issue: null, message: sha },
    ...{ changed: [`${sha}.ts`], gold: [`${sha}.ts`], ...rest },
  }));

const chosenOf = (fixes: readonly Fix[], most = 50): unknown => {
  const chosen = chooseFixes(fixes, most);
  return chosen && { fixes: chosen.fixes.map(({ sha, gold }) => [sha, ...gold]), snapshot: chosen.snapshot };
};

const files = (count: number): string[] => Array.from({ length: count }, (_, at) => `f${at}.ts`);

it('are the newest, and the snapshot is before the oldest of them', () => {
  const fixes = line({ sha: 'c' }, { sha: 'b' }, { sha: 'a' });
  expect(chosenOf(fixes, 2)).toEqual({
    fixes: [
      ['c', 'c.ts'],
      ['b', 'b.ts'],
    ],
    snapshot: 'before b',
  });
  expect(chosenOf(fixes)).toMatchObject({ snapshot: 'before a' });
});

it('are those of one to four files', () => {
  const fixes = line({ sha: 'd', gold: [] }, { sha: 'c', gold: files(5) }, { sha: 'b', gold: files(4) }, { sha: 'a' });
  expect(chosenOf(fixes, 1)).toEqual({ fixes: [['b', ...files(4)]], snapshot: 'before b' });
});

it('commits that close one issue are one fix, and the snapshot is before all of them', () => {
  const fixes = line({ sha: 'c', issue: 7 }, { sha: 'b', issue: 7 }, { sha: 'a' });
  expect(chosenOf(fixes)).toEqual({
    fixes: [
      ['c', 'b.ts', 'c.ts'],
      ['a', 'a.ts'],
    ],
    snapshot: 'before a',
  });
});

it('an issue that the history before the others knows of is left out', () => {
  const fixes = line({ sha: 'd', issue: 7 }, { sha: 'c' }, { sha: 'b' }, { sha: 'a', issue: 7 });
  expect(chosenOf(fixes, 2)).toEqual({ fixes: [['c', 'c.ts']], snapshot: 'before c' });
});

it('are the same for the same history', () => {
  const fixes = line({ sha: 'c', issue: 1 }, { sha: 'b', gold: ['z.ts', 'a.ts'] }, { sha: 'a', issue: 1 });
  expect(chosenOf(fixes)).toEqual(chosenOf(structuredClone(fixes)));
});

it('there may be none', () => {
  expect(chooseFixes([], 50)).toBeNull();
  expect(chooseFixes(line({ sha: 'a', gold: [] }), 50)).toBeNull();
});
