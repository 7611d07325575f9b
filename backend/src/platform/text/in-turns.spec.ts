import { inTurns } from './in-turns.js';

describe('work on many texts', () => {
  it('is done in their order, and lets others go on between any two', async () => {
    const done: string[] = [];
    const made = inTurns(['a', 'b', 'c'], (text, at) => {
      done.push(text);
      setImmediate(() => done.push('another'));
      return `${text}${at}`;
    });
    expect(await made).toEqual(['a0', 'b1', 'c2']);
    expect(done).toEqual(['a', 'another', 'b', 'another', 'c']);
  });
});
