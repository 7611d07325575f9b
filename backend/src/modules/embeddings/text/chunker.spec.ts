import { chunkText, type ChunkText } from './chunker.js';
import { linesOf } from './lines.js';
import { outlineOf } from './outline/outline.js';
import type { ChunkOptions } from './pieces.js';

/** A token a word is enough to see where texts are cut. */
const countTokens = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const chunksOf = async (name: string, text: string, options: ChunkOptions): Promise<ChunkText[]> =>
  chunkText(text, await outlineOf(name, text, linesOf(text)), options);
const cut = (text: string, name = 'a.ts', maxTokens = 210): Promise<ChunkText[]> =>
  chunksOf(name, text, { countTokens, maxTokens });

/** What the spans hold, line by line, each line of the file once. */
function reassembled(chunks: readonly ChunkText[]): Map<number, string> {
  return new Map(
    chunks.flatMap(({ startLine, text }) =>
      text.split('\n').map((line, at): [number, string] => [startLine + at, line]),
    ),
  );
}

const functionOf = (name: string, lines: number): string[] => [
  `export function ${name}(value: string) {`,
  ...Array.from({ length: lines }, (_, at) => `  await step(value, ${at}, other(${at}));`),
  '}',
];

describe('chunker', () => {
  it('loses no line, whatever the length', async () => {
    const lines = Array.from({ length: 1_000 }, (_, at) => `  const line = ${at};`);
    const chunks = await cut(lines.join('\n'));
    const found = reassembled(chunks);
    expect(lines.map((_, at) => found.get(at + 1))).toEqual(lines);
    expect(chunks.length).toBeGreaterThan(10);
  });

  it('keeps a definition together with what stands above it, and knows its name', async () => {
    const lines = ['/** Reads. */', ...functionOf('readStore', 20), '', '@sealed', ...functionOf('writeStore', 20)];
    const chunks = await cut(lines.join('\n'));
    expect(chunks.map(({ symbol, startLine, kind }) => ({ symbol, startLine, kind }))).toEqual([
      { symbol: 'readStore', startLine: 1, kind: 'definition' },
      { symbol: 'writeStore', startLine: 25, kind: 'definition' },
    ]);
  });

  it('cuts what is too long at what is defined inside, and says in each part what it belongs to', async () => {
    const methods = ['save', 'load'].map((name) => functionOf(name, 20).join('\n').replace('export function ', ''));
    const [opening, next, ...others] = await cut(['class Store {', '  kept = 1;', ...methods, '}'].join('\n'));
    expect(opening).toMatchObject({ symbol: 'Store', names: ['Store', 'save'], startLine: 1 });
    expect(next).toMatchObject({ symbol: 'Store.load', names: ['load'] });
    expect(others).toEqual([]);
  });

  it('says the first line of a definition again where it goes on with it', async () => {
    const [first, second] = await cut(functionOf('everything', 60).join('\n'));
    expect(first?.signature).toBeNull();
    expect(second).toMatchObject({
      ...{ symbol: 'everything', names: ['everything'], signature: 'export function everything(value: string) {' },
    });
  });

  it('lets spans overlap where it had to cut in the middle', async () => {
    const [first, second] = await cut(Array.from({ length: 200 }, (_, at) => `  call(${at}, ${at});`).join('\n'));
    expect(second?.startLine).toBeLessThanOrEqual(first?.endLine ?? 0);
  });

  it('takes small definitions together', async () => {
    const lines = Array.from({ length: 12 }, (_, at) => `export const value${at} = ${at};`);
    expect(await cut(lines.join('\n'))).toHaveLength(1);
  });

  it('gives no span more tokens than the model reads; a line too long alone is divided, not cut off', async () => {
    const line = Array.from({ length: 300 }, (_, at) => `w${at}`).join(' ');
    const chunks = await cut([line, line, 'end'].join('\n'), 'a.txt', 50);
    expect(Math.max(...chunks.map(({ text }) => countTokens(text)))).toBeLessThanOrEqual(50);
    const words = chunks.flatMap(({ text }) => text.split(/\s+/)).join(' ');
    for (const word of line.split(' ')) expect(words).toContain(word.slice(0, 1));
    expect(chunks.every(({ startLine, endLine }) => startLine >= 1 && endLine <= 3 && startLine <= endLine)).toBe(true);
  });

  it('is not fooled by one long line without a space: no span is long, nothing is lost', async () => {
    const line = 'x'.repeat(100_000);
    const chunks = await chunksOf('one.txt', line, { countTokens: () => 1, maxTokens: 210 });
    expect(Math.max(...chunks.map(({ text }) => text.length))).toBeLessThan(2_000);
    expect(chunks.map(({ text }) => text).join('').length).toBeGreaterThanOrEqual(line.length);
  });

  it('never divides a character', async () => {
    const chunks = await chunksOf('a.md', '🌱'.repeat(5_000), { countTokens: (text) => text.length, maxTokens: 33 });
    expect(chunks.length).toBeGreaterThan(100);
    expect(chunks.every(({ text }) => !/\p{Surrogate}/u.test(text))).toBe(true);
  });

  it('counts lines as everybody does, with any line ends', async () => {
    const [only] = await cut('one\r\ntwo\r\n', 'a.txt');
    expect(only).toMatchObject({ startLine: 1, endLine: 2, text: 'one\ntwo' });
  });

  it('makes nothing of blank text', async () => {
    expect(await cut('\n\n  \n')).toEqual([]);
  });
});
