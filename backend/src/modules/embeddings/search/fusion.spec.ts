import type { FoundChunk } from '../repositories/found.js';
import { byFile, type FoundFile, fuse, type Part, worthOf } from './fusion.js';

const NOTHING = { tests: false, docs: false };
const chunk = (path: string, score: number, startLine = 1): FoundChunk => ({
  ...{ chunkId: `${path}:${startLine}`, path, startLine, endLine: startLine + 9, symbol: null, score },
});
const part = (weight: number, ...chunks: FoundChunk[]): Part => ({ weight, files: byFile(chunks, 0), chunks });
const order = (files: readonly FoundFile[]): string[] => files.map(({ path }) => path);

describe('fusion of what was found', () => {
  it('puts a file that both parts know before one that heads a single one', () => {
    const first = part(1, chunk('a.ts', 9), chunk('b.ts', 8));
    const second = part(1, chunk('c.ts', 0.9), chunk('b.ts', 0.8));
    expect(order(fuse([first, second], NOTHING))[0]).toBe('b.ts');
  });

  it('does not care how large the scores of a part are, but how far the best is ahead', () => {
    const sure = part(0.5, chunk('a.ts', 0.01), chunk('b.ts', 0.001));
    const unsure = part(1, chunk('b.ts', 100), chunk('a.ts', 99));
    expect(order(fuse([sure, unsure], NOTHING))).toEqual(['a.ts', 'b.ts']);
  });

  it('gives one row a file with its spans, best first', () => {
    const [first, ...others] = fuse([part(1, chunk('a.ts', 9, 41), chunk('a.ts', 7), chunk('b.ts', 8))], NOTHING);
    expect(first?.path).toBe('a.ts');
    expect(first?.spans.map(({ startLine }) => startLine)).toEqual([41, 1]);
    expect(others).toHaveLength(1);
  });

  it('lets a file gain little by many chunks', () => {
    const many = Array.from({ length: 50 }, (_, at) => chunk('long.ts', 5, at * 40 + 1));
    expect(worthOf(many, 0.2)).toBeLessThan(8);
    expect(worthOf(many, 0.2)).toBeGreaterThan(5);
  });

  it('takes a file whose path alone was found, without a span of it; a part that found nothing counts nothing', () => {
    const named: Part = { weight: 1.5, files: new Map([['named.ts', 1]]), chunks: [] };
    const nothing: Part = { weight: 9, files: new Map(), chunks: [] };
    const [first] = fuse([part(1, chunk('a.ts', 1)), named, nothing], NOTHING);
    expect(first).toMatchObject({ path: 'named.ts', spans: [], score: 0.6 });
  });

  it('scores 1 what is best everywhere', () => {
    expect(fuse([part(1, chunk('a.ts', 3)), part(2, chunk('a.ts', 7))], NOTHING)[0]?.score).toBeCloseTo(1);
  });

  it('puts tests and what tells about code behind the code, unless they are asked for', () => {
    const found = [part(1, chunk('src/store.test.ts', 4), chunk('docs/store.md', 3), chunk('src/store.ts', 2))];
    expect(order(fuse(found, NOTHING))).toEqual(['src/store.ts', 'src/store.test.ts', 'docs/store.md']);
    expect(order(fuse(found, { tests: true, docs: false }))[0]).toBe('src/store.test.ts');
    expect(order(fuse(found, { tests: false, docs: true }))[0]).toBe('docs/store.md');
  });
});
