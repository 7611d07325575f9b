import { Checkout, outcomeFor, type Ran } from './checkout.js';
import type { Guard } from './guard.js';
import { GUARDS } from './guards/index.js';

/**
 * `npm run test:calibrate [text …]`: takes every guard out in turn (or those that speak of a text) and shows that its test
 * turns red, after it was green with the guard in its place. A test that stays green proves nothing and fails here. Guards
 * whose tests count on real servers only are named and skipped on the embedded ones.
 */
const write = (line: string): void => void process.stdout.write(`${line}\n`);
const onRealServers = Boolean(process.env['TEST_DATABASE_URL'] && process.env['TEST_REDIS_URL']);
const words = process.argv.slice(2);
const AT_ONCE = 2;
const MINUTE_MS = 60_000;

const begun = Date.now();
const chosen = GUARDS.filter(({ without, file, test }) =>
  words.every((word) => `${without} ${file} ${test}`.includes(word)),
);
const elsewhere = chosen.filter(({ real }) => real && !onRealServers);
for (const guard of elsewhere) write(`○ on real servers only: ${guard.without} (${testOf(guard)})`);
const here = chosen.filter((guard) => !elsewhere.includes(guard));
/** The guards of one spec together: it shows once that it is green. The longest first, so that nobody waits at the end. */
const specs = [...Map.groupBy(here, ({ test }) => test)].sort(([, a], [, b]) => b.length - a.length);
const counts = { passed: 0, failed: 0 };

await Promise.all(Array.from({ length: AT_ONCE }, work));
const minutes = ((Date.now() - begun) / MINUTE_MS).toFixed(1);
write(`${counts.passed} passed, ${counts.failed} failed, ${elsewhere.length} skipped in ${minutes} minutes`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);

async function work(): Promise<void> {
  const checkout = await Checkout.make();
  try {
    for (let spec = specs.shift(); spec; spec = specs.shift()) await judgeAll(...spec, checkout);
  } finally {
    await checkout.remove();
  }
}

async function judgeAll(test: string, guards: readonly Guard[], checkout: Checkout): Promise<void> {
  const before = await checkout.with(test, guards).catch(String);
  for (const guard of guards) {
    const wrong =
      typeof before === 'string'
        ? before
        : await judge(guard, before, checkout).catch((error: unknown) => String(error));
    if (wrong === undefined) counts.passed++;
    else counts.failed++;
    write(
      wrong === undefined
        ? `✓ red without it: ${guard.without} (${testOf(guard)})`
        : `✗ ${guard.without} (${testOf(guard)}): ${wrong}`,
    );
  }
}

/** @returns what is wrong; nothing when the test does what it is there for */
async function judge(guard: Guard, before: readonly Ran[], checkout: Checkout): Promise<string | undefined> {
  const withIt = outcomeFor(guard, before);
  if (withIt.red + withIt.broken > 0) return 'its test fails even with the guard';
  if (withIt.passed === 0) return 'no test has that name';
  const without = outcomeFor(guard, await checkout.without(guard));
  if (without.red > 0) return undefined;
  return without.broken > 0 ? 'its test breaks without the guard, instead of finding it gone' : 'its test stays green';
}

function testOf({ test, named }: Guard): string {
  return `${test.replace(/^backend\//, '')} “${named}”`;
}
