import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runsSource, WATCHES_PARENT } from '../test/support/sources.js';
import type { Promised } from './promise.js';
import { PROMISES } from './promises.js';

/** Most of them wait most of their time: for pauses of GitHub's, for servers that start and end. */
const AT_ONCE = 2;

/**
 * `npm run test:faults [name …]`: every promise (or those whose names begin so), with `SEED` (1), each in a process and on a
 * database of its own. Each prints one line with its figure; the last line counts.
 */
const write = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = process.env['SEED'] ?? '1';
const wanted = process.argv.slice(2);
const isWanted = ({ name }: Promised): boolean => wanted.length === 0 || wanted.some((start) => name.startsWith(start));
const alone = PROMISES.alone.filter(isWanted);
const sideBySide = PROMISES.sideBySide.filter(isWanted);
const count = alone.length + sideBySide.length;
if (count === 0) {
  const all = [...PROMISES.alone, ...PROMISES.sideBySide];
  write(`Nothing is called ${wanted.join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

let failed = 0;
const begun = performance.now();
await work([...alone]);
const waiting = [...sideBySide];
await Promise.all(Array.from({ length: AT_ONCE }, () => work(waiting)));
write(`seed ${seed}, ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
write(`${count - failed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);

/** One after the other, each in a process that ends with this one. */
async function work(list: Promised[]): Promise<void> {
  for (let next = list.shift(); next; next = list.shift()) {
    const args = [WATCHES_PARENT, ...runsSource('backend/faults/one.ts', next.name, seed)];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'inherit', 'inherit'] });
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) failed++;
  }
}
