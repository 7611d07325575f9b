import { CitationFilter } from './citation-filter.js';

const THERE = new Set(['src/a.ts:1-9', 'README.md:3-3']);

async function filtered(text: string, size: number) {
  let asked = 0;
  const filter = new CitationFilter(({ path, startLine, endLine }) => {
    asked += 1;
    return Promise.resolve(THERE.has(`${path}:${startLine}-${endLine}`));
  });
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(await filter.push(text.slice(at, at + size)));
  pieces.push(await filter.end());
  const cited = filter.citations.map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`);
  return { text: pieces.join(''), pieces, cited, asked };
}

describe.each([1, 3, 1_000])('citations of an answer that comes %i characters at a time', (size) => {
  it('pass when the lines are there, and are counted once', async () => {
    const text = 'See [src/a.ts:1-9] and [`README.md:3`], again [src/a.ts:1-9].';
    expect(await filtered(text, size)).toMatchObject({ text, cited: ['src/a.ts:1-9', 'README.md:3-3'], asked: 2 });
  });

  it('become plain words when the lines are not there', async () => {
    const { text, cited } = await filtered('As in [src/b.ts:1-9], and [src/a.ts:1-900].', size);
    expect(text).toBe('As in src/b.ts (not found), and src/a.ts (not found).');
    expect(cited).toEqual([]);
  });

  it('are not looked for in code, nor in links and slices', async () => {
    const text =
      'a[x:1] [src/b.ts:1-2](https://example.org)\n```ts\nconst b = m[src/b.ts:1-9];\n```\n[not closed src/b.ts:1';
    expect(await filtered(text, size)).toMatchObject({ text, cited: [], asked: 0 });
  });

  it('are looked for after three backquotes in a sentence, which begin no code block', async () => {
    const { text } = await filtered('Put ``` before it, as in [src/b.ts:1-2].\n- ```\n  [src/b.ts:1-2]\n  ```\n', size);
    expect(text).toBe('Put ``` before it, as in src/b.ts (not found).\n- ```\n  [src/b.ts:1-2]\n  ```\n');
  });

  it('are looked for again after the code', async () => {
    const { text } = await filtered('```\n[src/b.ts:1-2]\n```\n[src/b.ts:1-2]', size);
    expect(text).toBe('```\n[src/b.ts:1-2]\n```\nsrc/b.ts (not found)');
  });
});

it('words are passed on at once; only what may become a citation is held back', async () => {
  const { pieces } = await filtered('Hello [src/a.ts:1-9] world', 6);
  expect(pieces[0]).toBe('Hello ');
  expect(pieces.slice(1, 3).join('')).toBe('');
});
