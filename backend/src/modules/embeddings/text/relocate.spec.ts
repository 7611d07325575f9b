import { relocate } from './relocate.js';

const CITED = ['function total(prices) {', '  return sum(prices);', '}'];
const at = (startLine: number) => ({ startLine, endLine: startLine + 2 });

describe('cited lines in a newer text', () => {
  it('are where they were, or where they were moved to', () => {
    expect(relocate(CITED, ['', ...CITED], 2)).toEqual(at(2));
    expect(relocate(CITED, ['one', 'two', 'three', ...CITED, 'four'], 1)).toEqual(at(4));
    expect(relocate(CITED, ['class Shop {', ...CITED.map((line) => `  ${line}`), '}'], 1)).toEqual(at(2));
  });

  it('are not found again once a word of them is another', () => {
    expect(relocate(CITED, ['', 'function total(prices) {', '  return add(prices);', '}'], 1)).toBeNull();
    expect(relocate(CITED, [], 1)).toBeNull();
  });

  it('are not guessed: neither of two that are alike, nor of what says nothing', () => {
    expect(relocate(CITED, ['x', ...CITED, ...CITED], 1)).toBeNull();
    expect(relocate(['}', '', '}'], ['a', 'b', '}', '', '}'], 1)).toBeNull();
  });
});
