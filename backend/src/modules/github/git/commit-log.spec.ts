import { parseLog, parseMessages } from './commit-log.js';

const SHA = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)] as const;
const nul = (...fields: readonly string[]): string => fields.map((field) => `${field}\0`).join('');

describe("git's account of commits", () => {
  it('tells what each said and did to its files', () => {
    const output = nul(
      SHA[0],
      '60',
      'Move',
      '\nR087',
      'a.ts',
      'b.ts',
      'M',
      'c.ts',
      SHA[1],
      '30',
      'Begin',
      '\nA',
      'a.ts',
    );
    expect(parseLog(output)).toEqual([
      {
        ...{ sha: SHA[0], committedAt: new Date(60_000), subject: 'Move' },
        changes: [
          { status: 'R087', path: 'b.ts', from: 'a.ts' },
          { status: 'M', path: 'c.ts' },
        ],
      },
      { sha: SHA[1], committedAt: new Date(30_000), subject: 'Begin', changes: [{ status: 'A', path: 'a.ts' }] },
    ]);
  });

  it('takes nothing in a message or a name for something else', () => {
    const output = nul(SHA[0], '60', '', SHA[1], '60', '\u0001 odd', '\nA', 'M', 'D', '\n\u0003', SHA[2], '60', 'A');
    expect(parseLog(output).map(({ subject, changes }) => [subject, changes.map(({ path }) => path)])).toEqual([
      ['', []],
      ['\u0001 odd', ['M', '\n\u0003']],
      ['A', []],
    ]);
  });

  it('believes no clock that is ahead, or none at all', () => {
    const times = (seconds: string): number[] => [
      ...parseLog(nul(SHA[0], seconds, 'x')).map(({ committedAt }) => committedAt.getTime()),
      ...parseMessages(nul(SHA[0], '', seconds, 'x')).map(({ committedAt }) => committedAt.getTime()),
    ];
    for (const said of times('99999999999999')) expect(said).toBeLessThanOrEqual(Date.now());
    expect([times('-5'), times('when?'), times('')]).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});
