import { countTokens, countTokensWithin, truncateToTokens } from './tokenizer.js';

describe('tokenizer', () => {
  it('counts as the o200k vocabulary does, control tokens as plain text', () => {
    expect(countTokens('')).toBe(0);
    expect(countTokens('hello world')).toBe(2);
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
  });

  it('takes no longer for 200,000 equal characters than for as much prose', () => {
    const started = performance.now();
    countTokens('The quick brown fox jumps over the lazy dog. '.repeat(4_500));
    const prose = performance.now() - started;
    for (const text of ['a', '=', ' ', '漢字', 'é\u0301'].map((unit) => unit.repeat(100_000))) {
      const begun = performance.now();
      countTokens(text);
      // The unbounded merge takes a thousand times as long, whatever the machine.
      expect(performance.now() - begun).toBeLessThan(100 * Math.max(prose, 10));
    }
  });

  it('differs by a token a cut at most', () => {
    const word = 'internationalisation'.repeat(50);
    expect(Math.abs(countTokens(`${word} ${word}`) - 2 * countTokens(word))).toBeLessThanOrEqual(2);
  });

  it('counts no further than it is told to, and to the same number', async () => {
    for (const text of ['', 'hello world', '='.repeat(3_000), '🪴漢字 and so on, '.repeat(400)]) {
      const tokens = countTokens(text);
      expect(await countTokensWithin(text, tokens)).toBe(tokens);
      expect(await countTokensWithin(text, tokens - 1)).toBeUndefined();
    }
  });

  it('lets others go on while it counts a long text', async () => {
    const counting = { ended: false };
    const tokens = countTokensWithin('Water the plants, call the bank. '.repeat(50_000), Infinity);
    void tokens.finally(() => (counting.ended = true));
    let turns = 0;
    for (; !counting.ended; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(turns).toBeGreaterThan(3);
  });

  it('truncates to a beginning of the text within the limit', () => {
    const text = 'Water the plants, call the bank, answer Ann. '.repeat(40);
    for (const limit of [0, 1, 17, 100]) {
      const head = truncateToTokens(text, limit);
      expect(text.startsWith(head)).toBe(true);
      expect(countTokens(head)).toBeLessThanOrEqual(limit);
    }
    expect(truncateToTokens(text, 100_000)).toBe(text);
  });

  it('never cuts a character in half', () => {
    const text = '🧑‍🌾🪴漢字'.repeat(100);
    for (let limit = 0; limit < 60; limit += 1) {
      const head = truncateToTokens(text, limit);
      expect(text.startsWith(head)).toBe(true);
      expect(head.isWellFormed()).toBe(true);
    }
  });

  it('cuts a text at the same place whatever was cut before', () => {
    const text = 'a 🪴👩‍👩‍👧 '.repeat(20);
    const cuts = Array.from({ length: 40 }, (_, most) => truncateToTokens(text, most + 1));
    expect(Array.from({ length: 40 }, (_, at) => truncateToTokens(text, 40 - at)).reverse()).toEqual(cuts);
  });
});
