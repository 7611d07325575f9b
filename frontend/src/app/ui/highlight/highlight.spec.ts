import { TestBed } from '@angular/core/testing';
import { Highlighter } from './highlighter';
import { grammarOf, grammarOfPath } from './languages';
import { splitLines } from './split-lines';

describe('splitLines', () => {
  it('closes a span at the end of a line and opens it again on the next', () => {
    expect(splitLines('a <span class="c">b\nc</span> d\n')).toEqual([
      'a <span class="c">b</span>',
      '<span class="c">c</span> d',
      '',
    ]);
  });

  it('keeps nested spans in order', () => {
    expect(splitLines('<span class="a"><span class="b">x\ny</span></span>')).toEqual([
      '<span class="a"><span class="b">x</span></span>',
      '<span class="a"><span class="b">y</span></span>',
    ]);
  });
});

describe('grammarOfPath', () => {
  it.each([
    ['src/app.module.ts', 'typescript'],
    ['Dockerfile', 'dockerfile'],
    ['a/b/Makefile', 'makefile'],
    ['x.PY', 'python'],
    ['README', undefined],
    ['constructor', undefined],
    ['a.toString', undefined],
  ])('%s is %s', (path, grammar) => expect(grammarOfPath(path)).toBe(grammar));

  it('knows languages by name', () => expect(grammarOf('shell')).toBe('bash'));
});

describe('Highlighter', () => {
  it('colours code and escapes what would be markup', async () => {
    const lines = await TestBed.inject(Highlighter).lines('const a = "<img src=x>";\nreturn a;', 'typescript');
    expect(lines).toHaveLength(2);
    expect(lines?.[0]).toContain('hljs-keyword');
    expect(lines?.[0]).not.toContain('<img');
  });

  it('leaves very long code plain', async () => {
    expect(await TestBed.inject(Highlighter).lines('x'.repeat(400_001), 'json')).toBeUndefined();
  });
});
