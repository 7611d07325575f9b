import type { TreeEntry } from '../../github/index.js';
import { planFiles } from './file-plan.js';

const entry = (path: string, more: Partial<TreeEntry> = {}): TreeEntry => ({
  ...{ path, mode: '100644', oid: 'a'.repeat(40), size: 10 },
  ...more,
});

describe('what is to become of the files of a commit', () => {
  it('counts only what can be read against the most that may be', () => {
    const { readable, skipped } = planFiles(
      ['node_modules/a.js', '.env', 'a.ts', 'logo.png', 'b.ts', 'c.ts'].map((path) => entry(path)),
      2,
    );
    expect(readable.map(({ path, name }) => [path, name])).toEqual([
      ['a.ts', 'a.ts'],
      ['b.ts', 'b.ts'],
    ]);
    expect(skipped.map(({ path, reason }) => [path, reason])).toEqual([
      ['node_modules/a.js', 'vendored'],
      ['.env', 'secret'],
      ['logo.png', 'binary'],
      ['c.ts', 'too-many'],
    ]);
  });

  it('knows a content by the name of its file alone, wherever it lies', () => {
    const { readable } = planFiles([entry('deep/in/src/store.ts'), entry('store.ts')], 10);
    expect(readable.map(({ oid, name }) => `${oid} ${name}`)).toEqual(Array(2).fill(`${'a'.repeat(40)} store.ts`));
  });

  it('has one row for names that come out alike, and none that is too long for an index', () => {
    const long = `${'d/'.repeat(1_100)}a.ts`;
    const { readable, skipped } = planFiles([entry('\uFFFD.ts'), entry('\uFFFD.ts'), entry(long)], 10);
    expect(readable).toHaveLength(1);
    expect(skipped).toEqual([expect.objectContaining({ reason: 'path-too-long' })]);
    expect(Buffer.byteLength(skipped[0]?.path ?? '')).toBeLessThan(2_000);
  });
});
