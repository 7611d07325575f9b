/**
 * The product in a real browser: starts what is built in dist/ with its local servers, runs the tests beside this file
 * against it, and counts them in dist/e2e/results.json (or RESULTS_FILE). Two lanes run beside each other, each on a
 * product of its own, so that neither meets what the other does. Without a browser they are not run, and never passed.
 * Words after the command choose files: `node frontend/e2e/run.ts flow`.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { findBrowser } from './support/browser.ts';
import { Product } from './support/product.ts';
import { type Named, named, perform } from './support/stage.ts';
import { Tally } from './support/tally.ts';
import { screenshots } from './support/visitor.ts';

const results = process.env['RESULTS_FILE'] ?? join(import.meta.dirname, '../../dist/e2e/results.json');
const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts') && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .sort();
/** These take about as long as all the others. */
const isApart = (name: string): boolean => /^states-(people|sessions|solve|workspace)/.test(name);

async function testsOf(chosen: readonly string[]): Promise<readonly Named[]> {
  for (const file of chosen) await import(join(import.meta.dirname, file));
  return named();
}

async function performOnOwn(browser: Browser, tests: readonly Named[]): Promise<Tally> {
  const tally = new Tally('Starting the product');
  let product: Product | undefined;
  try {
    product = await Product.start();
    await perform(tests, { browser, product, tally });
  } catch (error) {
    tally.fail(error);
  }
  tally.doing('Stopping');
  await product?.stop();
  tally.end();
  return tally;
}

rmSync(screenshots, { recursive: true, force: true });
const lanes = [await testsOf(files.filter(isApart)), await testsOf(files.filter((name) => !isApart(name)))];
const looking = new Tally('Looking for a browser');
const found = await findBrowser();
looking.end();
const tallies: Tally[] = [];
if ('missing' in found) {
  console.log(`The browser's tests are not run. ${found.missing}`);
} else {
  console.log(`Browser: ${found.from}`);
  tallies.push(
    ...(await Promise.all(
      lanes.filter((tests) => tests.length > 0).map((tests) => performOnOwn(found.browser, tests)),
    )),
  );
  await found.browser.close();
}

const sum = (key: 'passed' | 'failed'): number => tallies.reduce((total, tally) => total + tally[key], 0);
const [passed, failed] = [sum('passed'), sum('failed')];
const skipped = 'missing' in found ? lanes.flat().length : 0;
const failures = tallies.flatMap((tally) => tally.failures);
mkdirSync(dirname(results), { recursive: true });
writeFileSync(results, `${JSON.stringify({ passed, failed, skipped, failures })}\n`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
