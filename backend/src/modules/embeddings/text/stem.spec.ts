import { stem } from './stem.js';

describe('stem', () => {
  it.each([
    ['parse', 'parses', 'parsed', 'parsing'],
    ['request', 'requests', 'requested', 'requesting'],
    ['plan', 'plans', 'planned', 'planning'],
    ['query', 'queries'],
    ['class', 'classes'],
    ['limit', 'limits', 'limiting'],
    ['sort', 'sorted'],
    ['status'],
  ])('gives the forms of %s one form', (...forms) => {
    expect(new Set(forms.map(stem)).size).toBe(1);
  });

  it('leaves alone what is short, has digits or is not English', () => {
    for (const word of ['was', 'ring', 'red', 'utf8', 'größes', '保存', 'is']) expect(stem(word)).toBe(word);
  });
});
