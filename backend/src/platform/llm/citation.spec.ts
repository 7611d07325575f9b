import { formatCitation, parseCitations, replaceCitations } from './citation.js';

describe('citations', () => {
  it('reads back what it writes', () => {
    const citation = { path: 'src/a b/store.test.js', startLine: 3, endLine: 12 };
    expect(parseCitations(`It is here: ${formatCitation(citation)}.`)).toEqual([citation]);
  });

  it('reads what models make of it, each once', () => {
    const text = '[src/a.ts:7], [`src/b.ts:1-2`] and [src/b.ts:1–2]; again [src/a.ts:7-7]';
    expect(parseCitations(text)).toEqual([
      { path: 'src/a.ts', startLine: 7, endLine: 7 },
      { path: 'src/b.ts', startLine: 1, endLine: 2 },
    ]);
  });

  it('takes no links, no reversed ranges and no line 0 for citations', () => {
    expect(parseCitations('[a:1](http://x) [src/a.ts:9-3] [src/a.ts:0-4]')).toEqual([]);
  });

  it('is not slowed down by a text made of openings', () => {
    expect(parseCitations('['.repeat(200_000) + 'a:1'.repeat(10_000))).toEqual([]);
  });
});

describe('citations replaced', () => {
  const shout = (text: string): string =>
    replaceCitations(text, ({ path, startLine, endLine }) => `${path}#${startLine}-${endLine}`);

  it('each in its place', () => {
    expect(shout('See [src/a.ts:1-2], [`b.js:7`] and [src/a.ts:1-2].')).toBe(
      'See src/a.ts#1-2, b.js#7-7 and src/a.ts#1-2.',
    );
  });

  it('with the backquotes around them that would make code of a link', () => {
    expect(shout('In `[src/a.ts:1-2]`, not `[x:1]`; (`[b.js:7]`)')).toBe('In src/a.ts#1-2, not `[x:1]`; (b.js#7-7)');
    expect(shout('`x`[b.js:7]`y` ``[`b.js:7`]``, it`s [a.ts:1]')).toBe('`x`b.js#7-7`y` b.js#7-7, it`s a.ts#1-1');
  });

  it('but not within other code, whatever its quotes', () => {
    const text = '`at [a.ts:1]`, ``a ` [a.ts:1]``, `over\n*lines* [a.ts:1]`';
    expect(shout(text)).toBe(text);
    expect(shout('\\\\`at [a.ts:1]` \\``at [a.ts:1]`')).toBe('\\\\`at [a.ts:1]` \\``at [a.ts:1]`');
  });

  it('but where backquotes make no code of it', () => {
    expect(shout('\\`[a.ts:1] `\n\n`[a.ts:1] ``')).toBe('\\`a.ts#1-1 `\n\n`a.ts#1-1 ``');
    expect(shout('- it`s [a.ts:1]\n- he`s')).toBe('- it`s a.ts#1-1\n- he`s');
  });

  it('and is not slowed down by a text made of backquotes', () => {
    const runs = Array.from({ length: 600 }, (_, n) => '`'.repeat(n + 1)).join(' ');
    expect(shout(runs)).toBe(runs);
  });

  it('but not what names no file, nor links, nor what stands in code', () => {
    const text = 'list[x:1] [x:1](http://y)\n\n```js\n[src/a.ts:1-2]\n```\n';
    expect(shout(text)).toBe(text);
    expect(shout('```\n[src/a.ts:1-2]')).toBe('```\n[src/a.ts:1-2]');
    expect(shout('```\n[a.ts:1]\n```\n[b.ts:1]')).toBe('```\n[a.ts:1]\n```\nb.ts#1-1');
  });
});
