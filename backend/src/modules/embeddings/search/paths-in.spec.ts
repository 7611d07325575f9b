import { pathsIn } from './paths-in.js';

describe('paths in a question', () => {
  it('knows files by name, by path and in stack traces', () => {
    expect(pathsIn('It breaks in store.js and ./src/todos/routes.ts:12:3.')).toEqual([
      'store.js',
      'src/todos/routes.ts',
    ]);
    expect(pathsIn('    at save (/app/src/Store.js:40:11)')).toEqual(['app/src/store.js']);
    expect(pathsIn('File "/usr/lib/python3/click/core.py", line 12')).toEqual(['usr/lib/python3/click/core.py']);
    expect(pathsIn('look at `docs/überblick.md`, 日本語.txt')).toEqual(['docs/überblick.md', '日本語.txt']);
  });

  it('takes no sentence for a path', () => {
    expect(pathsIn('It fails. Then it works on 3.14 and/or 2024.')).toEqual([]);
  });

  it('is bounded on hostile text', () => {
    expect(pathsIn('a/'.repeat(10_000))).toEqual([]);
    expect(pathsIn('a.b'.repeat(6_000))).toEqual([]);
    expect(pathsIn(Array.from({ length: 3_000 }, (_, at) => `a${at}.ts`).join(' '))).toHaveLength(32);
  });
});
