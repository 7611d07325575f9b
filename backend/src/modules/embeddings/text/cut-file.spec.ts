import { cutFile } from './cut-file.js';

const countTokens = (text: string): number => text.match(/\w+|[^\w\s]/g)?.length ?? 0;

describe('a file that becomes chunks', () => {
  it.each([
    ['packed.ts', (at: number) => `export function packed${at}(a,b){return a+b*${at}}`],
    ['packed.css', (at: number) => `.packed${at}{color:red;margin:${at}px}`],
  ])(
    '%s, which was packed into one line, is searched by words that take about as much room as itself',
    async (name, definition) => {
      const text = Array.from({ length: 1_700 }, (_, at) => definition(at)).join(';');
      const { chunks } = await cutFile(name, text, countTokens);
      const room = chunks.reduce((sum, { nameWords, words }) => sum + nameWords.length + words.length, 0);
      expect(room).toBeLessThan(4 * text.length);
      expect(chunks[0]?.nameWords).toContain('packed0');
    },
  );
});
