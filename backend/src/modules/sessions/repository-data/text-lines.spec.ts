import { linesOf, textOf } from './text-lines.js';

describe('lines of a file', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\n\n', ['a', '']],
    ['\n', ['']],
  ])('of %j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  it('are none of a binary file', () => {
    expect(textOf(Buffer.from([0x89, 0x50, 0x00, 0x0a]))).toBeNull();
  });

  it('do not begin with a byte order mark', () => {
    expect(textOf(Buffer.from('\uFEFFa', 'utf8'))).toBe('a');
  });
});
