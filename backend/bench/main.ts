import { chat } from './chat.bench.js';
import { type Figure, table } from './figure.js';
import { type Fixture, startFixture } from './fixture.js';
import { indexing } from './indexing.bench.js';
import { requests } from './requests.bench.js';
import { search } from './search.bench.js';
import { solver } from './solver.bench.js';
import { start } from './start.bench.js';

/**
 * `npm run bench`: ratios to a bare reference in the same run, on the embedded servers or on those that
 * TEST_DATABASE_URL and TEST_REDIS_URL name. Nothing is asserted: machines differ, ratios less so.
 */
const BENCHES: Readonly<Record<string, (fixture: Fixture) => Promise<Figure[]>>> = {
  indexing,
  search,
  requests,
  chat,
  solver,
  start,
};

const say = (line: string): void => void process.stdout.write(`• ${line}\n`);
const fixture = await startFixture(say);
try {
  const figures: Figure[] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    say(`measuring ${name}`);
    figures.push(...(await bench(fixture)));
  }
  process.stdout.write(`\n${table(figures)}\n\n`);
} finally {
  await fixture.stack.stop();
}
process.exit(0);
