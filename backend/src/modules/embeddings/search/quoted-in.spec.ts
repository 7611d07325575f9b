import { quotedIn } from './quoted-in.js';

const texts = (text: string): string[] => quotedIn(text).map((quote) => quote.text);

describe('quotes in a question', () => {
  it('are what stands between quotation marks, when it can be told from a word', () => {
    expect(texts('It says "cannot open the store" and `keptRecords`, not "anything".')).toEqual([
      ...['cannot open the store', 'keptRecords'],
    ]);
  });

  it('are messages of errors, also what is left of them without what varies', () => {
    expect(texts("TypeError: no record of 'a1' was found in the store 12")).toEqual([
      ...["no record of 'a1' was found in the store 12", 'was found in the store'],
    ]);
  });

  it('are bounded on hostile text', () => {
    expect(quotedIn('"a b c d e f g" '.repeat(20_000)).length).toBeLessThanOrEqual(12);
    expect(quotedIn('"'.repeat(100_000))).toEqual([]);
    expect(quotedIn('Error: '.repeat(20_000)).length).toBeLessThanOrEqual(12);
  });
});
