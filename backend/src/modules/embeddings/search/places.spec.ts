import type { FoundFile } from './fusion.js';
import { bestPlaces } from './places.js';

const file = (path: string, score: number, ...fused: readonly number[]): FoundFile => ({
  ...{ path, score },
  spans: fused.map((share, at) => ({
    ...{ chunkId: `${path} ${at}`, path, startLine: at * 10 + 1, endLine: at * 10 + 9, symbol: null },
    ...{ score: share, fused: share },
  })),
});
const read = (files: readonly FoundFile[], limit: number): string[] =>
  bestPlaces(files, limit).map(({ chunkId }) => chunkId);

describe('the places that an answer is written from', () => {
  it('are first those of the best file, also where a place of another one is the better', () => {
    expect(read([file('a.ts', 0.9, 0.2), file('b.ts', 0.5, 0.8)], 2)).toEqual(['a.ts 0', 'b.ts 0']);
  });

  it('are of many files rather than all of one, and of a far better one more than one', () => {
    const near = [file('a.ts', 0.9, 0.5, 0.5, 0.5), file('b.ts', 0.8, 0.5, 0.5), file('c.ts', 0.75, 0.1)];
    expect(read(near, 4)).toEqual(['a.ts 0', 'b.ts 0', 'c.ts 0', 'a.ts 1']);
    const far = [file('a.ts', 0.9, 0.5, 0.4), file('b.ts', 0.3, 0.5), file('c.ts', 0.2, 0.1)];
    expect(read(far, 3)).toEqual(['a.ts 0', 'a.ts 1', 'b.ts 0']);
  });

  it('are three of a file at most', () => {
    expect(read([file('a.ts', 0.9, 0.5, 0.5, 0.5, 0.5)], 8)).toHaveLength(3);
  });

  it('are also in files of which only the path was found', () => {
    expect(read([file('a.ts', 0.9, 0), file('b.ts', 0.5, 0.8)], 8)).toEqual(['a.ts 0', 'b.ts 0']);
    expect(read([file('a.ts', 0.9, 0, 0), file('b.ts', 0.5, 0.8)], 8)).toEqual(['a.ts 0', 'b.ts 0', 'a.ts 1']);
  });
});
