import { ancestors, buildTree, visibleRows } from './tree';

const files = ['src/b.ts', 'README.md', 'src/lib/x10.ts', 'src/lib/x2.ts', 'docs/日本.md', '.env'].map((path) => ({
  path,
}));

describe('the file tree', () => {
  it('shows folders first and only what is inside open ones', () => {
    const rows = visibleRows(buildTree(files), new Set(['src', 'src/lib']));
    expect(rows.map((row) => `${'  '.repeat(row.depth)}${row.name}`)).toEqual([
      'docs',
      'src',
      '  lib',
      '    x2.ts',
      '    x10.ts',
      '  b.ts',
      '.env',
      'README.md',
    ]);
  });

  it('counts the files below a folder', () => {
    expect(visibleRows(buildTree(files), new Set()).find((row) => row.name === 'src')?.count).toBe(3);
  });

  it('knows the way to a file', () => expect(ancestors('a/b/c.ts')).toEqual(['a', 'a/b']));

  it('copes with a folder called like a method', () => {
    const rows = visibleRows(
      buildTree([{ path: 'constructor/__proto__/a.ts' }]),
      new Set(['constructor', 'constructor/__proto__']),
    );
    expect(rows.map((row) => row.name)).toEqual(['constructor', '__proto__', 'a.ts']);
  });
});
