import { MarkerFilter } from './marker-filter.js';

const TAG = 'data-A1b2C3d4E5f6G7h8';

function filtered(text: string, size: number): string {
  const filter = new MarkerFilter(TAG);
  let shown = '';
  for (let at = 0; at < text.length; at += size) shown += filter.push(text.slice(at, at + size));
  return shown + filter.end();
}

describe('an answer', () => {
  it.each([1, 3, 7, 1_000])('has no markers of its prompt, in pieces of %d', (size) => {
    expect(filtered(`<${TAG} kind="answer">\nUse a < b.\n</${TAG}>`, size)).toBe('Use a < b.');
  });

  it('keeps what only looks like one, and what it ends with', () => {
    const text = '<data-table>\n</data-table> a <';
    expect(filtered(text, 2)).toBe(text);
  });
});
