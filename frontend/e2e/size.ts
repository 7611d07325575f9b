/**
 * What the client's first page and each lazy part of it cost on the wire, from the production build. Fails over the
 * budgets of the design: 200 kB before anything shows, 80 kB for each part that is loaded later.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const initialBudget = 200_000;
const lazyBudget = 80_000;
const built = join(import.meta.dirname, '../../dist/frontend');
const served = join(built, 'browser');

/** esbuild's own account of the build, as far as it is needed here. */
interface Account {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly entryPoint?: string; readonly imports: readonly { readonly path: string; readonly kind: string }[] }
    >
  >;
}

const account = JSON.parse(readFileSync(join(built, 'browser-stats.json'), 'utf8')) as Account;

/** A file and everything that must be there before it can run. */
function closure(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const { path, kind } of account.outputs[file]?.imports ?? [])
    if (kind === 'import-statement') closure(path, found);
  return found;
}

const compressed = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(served, file))).length, 0);
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

const page = readFileSync(join(served, 'index.html'), 'utf8');
const named = [...page.matchAll(/(?:href|src)="\/([^"]+)"/g)].map(([, file = '']) => file);
const initial = new Set([
  'index.html',
  ...named,
  ...named.filter((file) => file in account.outputs).flatMap((file) => [...closure(file)]),
]);

const lazy = Object.entries(account.outputs)
  .filter(([file, { entryPoint }]) => entryPoint !== undefined && file.endsWith('.js') && !initial.has(file))
  .map(([file, { entryPoint = '' }]) => ({
    name: entryPoint.replace(/^.*?(?=src\/|node_modules\/)/, ''),
    size: compressed([...closure(file)].filter((each) => !initial.has(each))),
  }))
  .sort((a, b) => b.size - a.size);

const first = compressed(initial);
const tooLarge = lazy.filter(({ size }) => size > lazyBudget);
console.log(`${kilobytes(first)} of ${kilobytes(initialBudget)} before anything shows (gzip)`);
for (const { name, size } of lazy.slice(0, 8))
  console.log(`${kilobytes(size)} of ${kilobytes(lazyBudget)} for ${name}`);
if (lazy.length === 0) throw new Error('The build has no lazy parts: is browser-stats.json from another build?');
if (first > initialBudget || tooLarge.length > 0) {
  console.error('Too much: load what is not shown at once later, or leave it out.');
  process.exitCode = 1;
}
