import { isPanelView, parseLines } from './views';

describe('what the address says about the panel', () => {
  it.each([
    ['12-30', [12, 30]],
    ['7', [7, 7]],
    ['30-12', undefined],
    ['0', undefined],
    ['a-b', undefined],
    ['1-2-3', undefined],
    [undefined, undefined],
  ])('reads the lines %j', (text, lines) => expect(parseLines(text)).toEqual(lines));

  it('knows its views and nothing else', () => {
    expect(isPanelView('files')).toBe(true);
    expect(isPanelView('toString')).toBe(false);
    expect(isPanelView(undefined)).toBe(false);
  });
});
