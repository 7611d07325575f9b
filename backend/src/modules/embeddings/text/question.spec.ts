import { askedWords, readQuestion } from './question.js';

const ISSUE = `Store loses records
<!-- Please fill in everything below. -->
### Version
3.5.13
### Environment
Debian, node 24
### Steps to reproduce
- [x] I have searched
1. Call save twice, see https://example.com/lost
\`\`\`ts
### no heading
store.save(record);
\`\`\`
### What is expected?
Both are kept.`;

describe('question', () => {
  it('is read without what a template and a tool put in', () => {
    expect(readQuestion(ISSUE)).toEqual({
      title: 'Store loses records',
      prose: '1. Call save twice, see  \nBoth are kept.',
      code: '### no heading\nstore.save(record);',
    });
  });

  it('of one line is a title', () => {
    expect(readQuestion('Where is it?')).toEqual({ title: 'Where is it?', prose: '', code: '' });
    expect(readQuestion('')).toEqual({ title: '', prose: '', code: '' });
  });

  it('asks for the words of the title above all, and for what is said again a little more', () => {
    const words = new Map(askedWords(readQuestion(ISSUE), 64).map(({ word, weight }) => [word, weight]));
    expect(words.get('stor')).toBeCloseTo(1 + Math.log(3.5));
    expect(words.get('record')).toBeCloseTo(1 + Math.log(3.5));
    expect(words.get('sav')).toBeCloseTo(1 + Math.log(1.5));
    expect(words.get('twic')).toBe(1);
    expect([...words.keys()]).not.toContain('debian');
    expect([...words.keys()][0]).toBe('stor');
  });

  it('is bounded whatever its length', () => {
    const long = Array.from({ length: 20_000 }, (_, at) => `word${at}`).join(' ');
    expect(askedWords(readQuestion(long), 64)).toHaveLength(64);
    expect(askedWords(readQuestion(`${'*'.repeat(20_000)}\n${' '.repeat(20_000)}\n${'#'.repeat(20_000)}`), 64)).toEqual(
      [],
    );
  });

  it.each([
    ['a heading of white space only', `x\n#${' '.repeat(2_000)}*`],
    ['a bold heading of white space only', `x\n**${' '.repeat(2_000)}#`],
    ['a line of white space', `x\n${' '.repeat(2_000)}!`],
    ['comments that do not end', '<!--'.repeat(8_000)],
    ['stars', `x\n${'*'.repeat(8_000)}!`],
  ])('costs what its length costs, whatever it is made of: %s', (_, hostile) => {
    const harmless = 'Both are kept.\n'.repeat(hostile.length / 15);
    expect(fastest(hostile)).toBeLessThan(30 * fastest(harmless));
  });

  it('loses its comments only where they end', () => {
    expect(readQuestion('a <!-- b\n --> c <!---->d\n<!-- e')).toEqual({ title: 'a   c  d', prose: '<!-- e', code: '' });
  });
});

/** Of some runs, since others use the processor, too. */
function fastest(text: string): number {
  const runs = Array.from({ length: 5 }, () => {
    const start = performance.now();
    readQuestion(text);
    return performance.now() - start;
  });
  return Math.min(...runs);
}
