import { csvLine } from './csv.js';

describe('csvLine', () => {
  it('quotes text and doubles the quotes in it', () => {
    expect(csvLine(['a', 'say "hi", twice', null, 3])).toBe('"a","say ""hi"", twice",,3\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x'])(
    'makes %j text that no spreadsheet computes',
    (formula) => {
      expect(csvLine([formula])).toBe(`"'${formula}"\r\n`);
    },
  );

  it('keeps a line break inside of a cell', () => {
    expect(csvLine(['a\nb', 'c'])).toBe('"a\nb","c"\r\n');
  });
});
