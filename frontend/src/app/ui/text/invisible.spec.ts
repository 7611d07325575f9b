import { showInvisible, stripInvisible } from './invisible';

describe('what nobody sees', () => {
  const hidden = 'a\u200Bb\u202Ec\u{E0041}d\uFE0Fe';

  it('is taken out of words', () => expect(stripInvisible(hidden)).toBe('abcde'));

  it('is named in code', () => expect(showInvisible(hidden)).toBe('a⟨U+200B⟩b⟨U+202E⟩c⟨U+E0041⟩d⟨U+FE0F⟩e'));

  it.each(['👨‍👩‍👧', '❤️', '1️⃣', '👍🏽'])('is not a part of %s', (emoji) => expect(showInvisible(emoji)).toBe(emoji));
});
