import { goldOf } from './gold.js';

const changed = (status: string, path: string, from?: string) => ({ status, path, ...(from ? { from } : {}) });

it('is what was there and was changed or taken away', () => {
  expect(
    goldOf([
      changed('M', 'src/changed.ts'),
      changed('D', 'src/gone.ts'),
      changed('A', 'src/added.ts'),
      changed('C090', 'src/copied.ts'),
      changed('R090', 'src/new-name.ts', 'src/old-name.ts'),
      changed('R100', 'src/moved.ts', 'src/from.ts'),
      changed('M', 'src/changed.ts'),
    ]),
  ).toEqual(['src/changed.ts', 'src/gone.ts', 'src/old-name.ts']);
});

it.each([
  'test/a.ts',
  'src/a.spec.ts',
  'README.md',
  'docs/a.md',
  'CHANGELOG',
  'package-lock.json',
  'dist/a.js',
  'src/a.min.js',
  'src/a.pb.go',
  'logo.png',
  '.env',
])('%s is nothing to find', (path) => {
  expect(goldOf([changed('M', path)])).toEqual([]);
});
