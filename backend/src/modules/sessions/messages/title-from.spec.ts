import { titleFrom } from './title-from.js';

describe('a title from a text', () => {
  it.each([
    ['  Why is it slow?\nMore words', 'Why is it slow?'],
    ['\n\n', ''],
    ['x'.repeat(80), 'x'.repeat(80)],
    ['x'.repeat(81), `${'x'.repeat(79)}…`],
    ['😀'.repeat(100), `${'😀'.repeat(79)}…`],
  ])('%j', (text, title) => {
    expect(titleFrom(text)).toBe(title);
  });
});
