import { Checkout, type Outcome } from './checkout.js';
import type { Guard } from './guard.js';
import { GUARDS } from './guards/index.js';

/**
 * `npm run test:calibrate [text …]`: takes every guard out in turn (or those that speak of a text) and shows that its test
 * turns red, after it was green with the guard in its place. A test that stays green proves nothing and fails here.
 */
const write = (line: string): void => void process.stdout.write(`${line}\n`);
const onRealServers = Boolean(process.env['TEST_DATABASE_URL'] && process.env['TEST_REDIS_URL']);
const words = process.argv.slice(2);
const AT_ONCE = 2;

const chosen = GUARDS.filter(({ without, file }) => words.every((word) => `${without} ${file}`.includes(word)));
const queue = chosen.filter(({ real }) => !real || onRealServers);
const green = new Map<string, Promise<Outcome>>();
const counts = { passed: 0, failed: 0, skipped: chosen.length - queue.length };

await Promise.all(Array.from({ length: AT_ONCE }, work));
write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);

async function work(): Promise<void> {
  const checkout = await Checkout.make();
  try {
    for (let guard = queue.shift(); guard; guard = queue.shift()) await judge(guard, checkout);
  } finally {
    await checkout.remove();
  }
}

async function judge(guard: Guard, checkout: Checkout): Promise<void> {
  const verdict = await verdictOn(guard, checkout).catch((error: unknown) => String(error));
  if (verdict === undefined) counts.passed++;
  else counts.failed++;
  const at = `${guard.test.replace(/^backend\//, '')} “${guard.named}”`;
  write(
    verdict === undefined ? `✓ red without it: ${guard.without} (${at})` : `✗ ${guard.without} (${at}): ${verdict}`,
  );
}

/** @returns what is wrong; nothing when the test does what it is there for */
async function verdictOn(guard: Guard, checkout: Checkout): Promise<string | undefined> {
  const key = `${guard.test} ${guard.named}`;
  const before = await (green.get(key) ?? remember(key, checkout.with(guard)));
  if (before.red + before.broken > 0) return 'its test fails even with the guard';
  if (before.passed === 0) return 'no test has that name';
  const after = await checkout.without(guard);
  if (after.red > 0) return undefined;
  return after.broken > 0 ? 'its test breaks without the guard, instead of finding it gone' : 'its test stays green';
}

function remember(key: string, outcome: Promise<Outcome>): Promise<Outcome> {
  green.set(key, outcome);
  return outcome;
}
