import { parseAnsi } from './ansi';

const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);
const text = (line: string): string =>
  parseAnsi(line)
    .map((span) => span.text)
    .join('');

describe('parseAnsi', () => {
  it('turns colours into classes', () => {
    expect(parseAnsi(`${esc}[1;31mFAIL${esc}[0m src ${esc}[92mok${esc}[39m`)).toEqual([
      { text: 'FAIL', style: 'fg1 bold' },
      { text: ' src ', style: '' },
      { text: 'ok', style: 'fg2' },
    ]);
  });

  it('passes over 256 and true colours without taking their numbers for others', () => {
    expect(parseAnsi(`${esc}[38;5;31;1mx`)).toEqual([{ text: 'x', style: 'bold' }]);
    expect(parseAnsi(`${esc}[38;2;31;32;33mx`)).toEqual([{ text: 'x', style: '' }]);
  });

  it('drops what would move the cursor, set the title or ring the bell', () => {
    expect(text(`${esc}[2J${esc}[1;1Ha${esc}]0;evil${bell}b${bell}c${esc}7`)).toBe('abc');
  });

  it('names what nobody sees, and keeps no address of a link', () => {
    expect(text('a\u202Eb\u200B')).toBe('a⟨U+202E⟩b⟨U+200B⟩');
    expect(text(`${esc}]8;;https://evil.test${bell}click${esc}]8;;${bell}`)).toBe('click');
  });

  it('shows a progress bar as it ended', () => expect(text('10%\r50%\r100%\r')).toBe('100%'));

  it('cuts a line nobody can read', () => {
    expect(text('x'.repeat(100_000)).length).toBeLessThan(4100);
  });

  it('gives nothing for an empty line', () => expect(parseAnsi('')).toEqual([]));
});
