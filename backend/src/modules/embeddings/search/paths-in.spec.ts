import { pathsIn } from './paths-in.js';

describe('paths in a question', () => {
  it('knows files by name, by path and in stack traces', () => {
    expect(pathsIn('It breaks in store.js and ./src/todos/routes.ts:12:3')).toEqual(['store.js', 'src/todos/routes.ts']);
    expect(pathsIn('    at save (/app/src/Store.js:40:11)')).toEqual(['app/src/store.js']);
  });

  it('is bounded and quick on hostile text', () => {
    const started = performance.now();
    expect(pathsIn('a/'.repeat(10_000)).length).toBeLessThanOrEqual(32);
    expect(pathsIn('a.b'.repeat(6_000)).length).toBeLessThanOrEqual(32);
    // a quadratic pattern takes minutes
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
