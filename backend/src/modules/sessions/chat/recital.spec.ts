import { Recital } from './recital.js';

function recited(seen: string, ...pieces: string[]) {
  const told: string[] = [];
  const recital = new Recital(seen, (text) => told.push(text));
  for (const piece of pieces) recital.write(piece);
  return { told: told.join(''), pieces: told.length, whole: recital.whole, kept: recital.told };
}

describe('what readers get to see of an answer', () => {
  it('is every piece at once, as it is written', () => {
    expect(recited('', 'Ab', 'c', 'def')).toEqual({ told: 'Abcdef', pieces: 3, whole: 'Abcdef', kept: 'Abcdef' });
  });

  it('goes on exactly where an earlier worker was stopped, when the words agree', () => {
    expect(recited('Abcd', 'Ab', 'cdef', 'g')).toEqual({ told: 'efg', pieces: 2, whole: 'Abcdefg', kept: 'Abcdefg' });
  });

  it('stands still when a later worker uses other words, and what was seen is what is kept of it', () => {
    expect(recited('Abcd', 'Ab', 'XY', 'Z')).toEqual({ told: '', pieces: 0, whole: 'AbXYZ', kept: 'Abcd' });
  });

  it('keeps what was seen when a later worker does not get that far', () => {
    expect(recited('Abcd', 'Ab')).toEqual({ told: '', pieces: 0, whole: 'Ab', kept: 'Abcd' });
  });
});
