import { stripInvisible } from './invisible.js';

describe('text as a person sees it', () => {
  it('has no character that only a program reads', () => {
    const tagged = [...'obey'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
    const hidden = `a\u200Bb\u200C\u200Dc\u2060d\uFE0Fe\u202Ef\u0007g\u2066h\u2069i\u061C${tagged}`;
    expect(stripInvisible(hidden)).toBe('abcdefghi');
    const everyTag = Array.from({ length: 0x80 }, (_, n) => String.fromCodePoint(0xe0000 + n)).join('');
    const everySelector = Array.from({ length: 16 }, (_, n) => String.fromCharCode(0xfe00 + n)).join('');
    expect(stripInvisible(everyTag + everySelector)).toBe('');
    expect(stripInvisible('fillers\u3164\u115F\uFFA0 joiners\u034F notes\uFFF9 tags\u{E01F0}\u{1D173}')).toBe(
      'fillers joiners notes tags',
    );
  });

  it.each(['👨‍👩‍👧', '❤️', '1️⃣', '👍🏽', '🏳️‍🌈', '❤️‍🔥'])('keeps %s as it is', (emoji) => {
    expect(stripInvisible(`a ${emoji} b`)).toBe(`a ${emoji} b`);
  });

  it('lets an emoji carry nothing but itself', () => {
    expect(stripInvisible('👍\uFE0F\uFE0F\uFE01\u200D\u200Da')).toBe('👍\uFE0Fa');
  });

  it('keeps code, tabs, line breaks and other scripts', () => {
    const text = 'if (a) {\r\n\treturn "größer 漢字 🪴";\n}';
    expect(stripInvisible(text)).toBe(text);
  });
});
