import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/sources.js';

interface Met {
  readonly what: string;
  readonly at: string;
  readonly rule: string;
  readonly found: readonly string[];
}

/** Runs outside of Jest's sandbox, which ESLint cannot be loaded into. */
function canaries(): Promise<Met[]> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [join(ROOT, 'backend/lint/canary.mjs'), '--json'], (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr, { cause: error }));
      else resolve(JSON.parse(stdout) as Met[]);
    });
  });
}

/** It reads the types of the whole backend. */
const MINUTES_5 = 300_000;

describe('the linter keeps the boundaries of docs/architecture.md', () => {
  let met: Met[];
  beforeAll(async () => {
    met = await canaries();
  }, MINUTES_5);

  it('refuses each canary, by the rule that is there for it', () => {
    expect(met.length).toBeGreaterThan(10);
    expect(met.filter(({ rule, found }) => !found.includes(rule))).toEqual([]);
  });

  it('has a canary for each boundary', () => {
    expect(met.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'a module that knows a later one',
        'an import past the index of a module',
        'technology that knows the product',
        'the product that knows a stand-in',
        'a controller with TypeORM',
      ]),
    );
  });
});
