import type { FoundChunk } from '../repositories/search.repository.js';
import { type FoundFile, fuse, type Ranking } from './fusion.js';

const chunk = (path: string, startLine = 1): FoundChunk => ({
  ...{ chunkId: `${path}:${startLine}`, path, startLine, endLine: startLine + 9, symbol: null, score: 0 },
});
const ranked = (...chunks: FoundChunk[]): Ranking => ({
  entries: chunks.map((found) => ({ path: found.path, chunk: found })),
  weight: 1,
});
const ranking = (...paths: string[]): Ranking => ranked(...paths.map((path) => chunk(path)));
const order = (files: readonly FoundFile[]): string[] => files.map(({ path }) => path);

describe('fusion of rankings', () => {
  it('puts a file that both rankings know before one that heads a single one', () => {
    const files = fuse([ranking('a.ts', 'b.ts'), ranking('c.ts', 'b.ts')], true);
    expect(order(files)[0]).toBe('b.ts');
  });

  it('gives one row a file with its spans, best first', () => {
    const [first, ...others] = fuse([ranked(chunk('a.ts', 41), chunk('b.ts'), chunk('a.ts'))], true);
    expect(first?.path).toBe('a.ts');
    expect(first?.spans.map(({ startLine }) => startLine)).toEqual([41, 1]);
    expect(others).toHaveLength(1);
  });

  it('does not let a file win by its many chunks', () => {
    const many = Array.from({ length: 50 }, (_, at) => chunk('long.ts', at * 40 + 1));
    expect(order(fuse([ranked(chunk('short.ts'), ...many)], true))).toEqual(['short.ts', 'long.ts']);
  });

  it('takes a file whose path alone was found, without a span of it', () => {
    const named: Ranking = { entries: [{ path: 'named.ts' }], weight: 1.5 };
    const [first] = fuse([ranking('a.ts'), named], true);
    expect(first).toMatchObject({ path: 'named.ts', spans: [] });
  });

  it('scores 1 what stands first everywhere', () => {
    const [first] = fuse([ranking('a.ts', 'b.ts'), ranking('a.ts')], true);
    expect(first?.score).toBeCloseTo(1);
  });

  it('puts tests behind what they test, unless they are asked for', () => {
    const rankings = [ranking('src/store.test.ts', 'src/store.ts')];
    expect(order(fuse(rankings, false))).toEqual(['src/store.ts', 'src/store.test.ts']);
    expect(order(fuse(rankings, true))).toEqual(['src/store.test.ts', 'src/store.ts']);
  });

  it('puts what tells about code behind the code', () => {
    expect(order(fuse([ranking('CHANGELOG.md', 'docs/store.md', 'src/store.ts')], false))).toEqual([
      ...['src/store.ts', 'docs/store.md', 'CHANGELOG.md'],
    ]);
  });
});
