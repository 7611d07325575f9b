import { randomFrom } from './promise.js';
import { PROMISES } from './promises.js';

/**
 * `one.ts name seed`: runs one promise, says what it is doing in indented lines and what came of it in a last one, with its
 * figure. The exit code is 0 when the promise was kept.
 */
const [name = '', seed = ''] = process.argv.slice(2);
const promised = [...PROMISES.alone, ...PROMISES.sideBySide].find((one) => one.name === name);
if (!promised) throw new Error(`nothing is called ${name}`);

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const begun = performance.now();
const took = (): string => `${((performance.now() - begun) / 1_000).toFixed(0)} s`;
const note = (line: string): void => write(`  ${name} … ${took()} · ${line}`);
try {
  const figure = await promised.run({ random: randomFrom(Number(seed)), note });
  write(`✓ ${name}: ${promised.promise}: ${figure} (${took()})`);
  process.exit(0);
} catch (error) {
  write(`✗ ${name}: ${promised.promise}: ${error instanceof Error ? error.message : String(error)} (${took()})`);
  process.exit(1);
}
