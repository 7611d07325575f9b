import { auditMillion } from './audit/million.js';
import { auditTampers } from './audit/tampers.js';
import { auditThroughput } from './audit/throughput.js';
import { githubDeliveries } from './github/deliveries.js';
import { githubTroubled } from './github/troubled.js';
import { lifeOutages } from './life/outages.js';
import { lifeSigterm } from './life/sigterm.js';
import { type Promised, randomFrom } from './promise.js';
import { publishKilled } from './publish/killed.js';
import { pullsKilled } from './publish/pulls.js';
import { publishSubmits } from './publish/submits.js';

/** By area, a line for each. */
const PUBLISH = [publishKilled, pullsKilled, publishSubmits];
const GITHUB = [githubTroubled, githubDeliveries];
const LIFE = [lifeSigterm, ...lifeOutages];
const AUDIT = [auditTampers, auditThroughput, auditMillion];

/**
 * `npm run test:faults [name …]`: every promise (or those whose names begin so), one after the other, with `SEED` (1).
 * Each prints one line with its figure; the last line counts.
 */
const PROMISES: readonly Promised[] = [...PUBLISH, ...GITHUB, ...LIFE, ...AUDIT];

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = Number(process.env['SEED'] ?? 1);
const wanted = process.argv.slice(2);
const chosen = PROMISES.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
if (chosen.length === 0) {
  write(`Nothing is called ${wanted.join(', ')}. There are: ${PROMISES.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

let failed = 0;
for (const promised of chosen) {
  const begun = performance.now();
  const took = (): string => `${((performance.now() - begun) / 1_000).toFixed(0)} s`;
  try {
    const figure = await promised.run({
      random: randomFrom(seed),
      note: (line) => write(`  ${promised.name} … ${took()} · ${line}`),
    });
    write(`✓ ${promised.name}: ${promised.promise}: ${figure} (${took()})`);
  } catch (error) {
    failed++;
    write(
      `✗ ${promised.name}: ${promised.promise}: ${error instanceof Error ? error.message : String(error)} (${took()})`,
    );
  }
}
write(`seed ${seed}`);
write(`${chosen.length - failed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
