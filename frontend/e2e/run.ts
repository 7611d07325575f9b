/**
 * The product in a real browser: starts what is built in dist/ with its local servers, runs the tests beside this file
 * against it, and counts them in dist/e2e/results.json (or RESULTS_FILE). Without a browser they are not run, and never
 * passed. Words after the command choose files: `node frontend/e2e/run.ts flow`.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowser } from './support/browser.ts';
import { Product } from './support/product.ts';
import { perform, skipAll } from './support/stage.ts';
import { Tally } from './support/tally.ts';
import { screenshots } from './support/visitor.ts';

const results = process.env['RESULTS_FILE'] ?? join(import.meta.dirname, '../../dist/e2e/results.json');
const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts') && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .sort();

const tally = new Tally();
rmSync(screenshots, { recursive: true, force: true });
for (const file of files) await import(join(import.meta.dirname, file));
tally.doing('Looking for a browser');
const found = await findBrowser();
if ('missing' in found) {
  console.log(`The browser's tests are not run. ${found.missing}`);
  skipAll(tally);
} else {
  console.log(`Browser: ${found.from}`);
  tally.doing('Starting the product');
  let product: Product | undefined;
  try {
    product = await Product.start();
    await perform(found.browser, product, tally);
  } catch (error) {
    tally.fail(error);
  }
  tally.doing('Stopping');
  await found.browser.close();
  await product?.stop();
}
tally.end();

const { passed, failed, skipped, failures } = tally;
mkdirSync(dirname(results), { recursive: true });
writeFileSync(results, `${JSON.stringify({ passed, failed, skipped, failures })}\n`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
