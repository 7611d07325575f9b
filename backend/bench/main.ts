import { chat } from './chat.bench.js';
import { type Figure, table } from './figure.js';
import { type Fixture, startFixture } from './fixture.js';
import { indexing } from './indexing/indexing.bench.js';
import { large } from './large/large.bench.js';
import { requests } from './requests.bench.js';
import { search } from './search/search.bench.js';
import { solver } from './solver.bench.js';
import { start } from './start.bench.js';

/** On one fixture, which stays as it is but for `search`, the last. */
const TOGETHER: Readonly<Record<string, (fixture: Fixture) => Promise<Figure[]>>> = {
  indexing,
  requests,
  chat,
  solver,
  search,
};
/** On servers of their own. */
const APART: Readonly<Record<string, () => Promise<Figure[]>>> = { start, large };

/**
 * `npm run bench` or `npm run bench -- search large`: ratios to a bare reference in the same run, on the embedded servers or
 * on those that TEST_DATABASE_URL and TEST_REDIS_URL name. Nothing is asserted: machines differ, ratios less so.
 */
const named = process.argv.slice(2);
const wanted = (name: string): boolean => named.length === 0 || named.includes(name);
const unknown = named.filter((name) => !(name in TOGETHER) && !(name in APART));
if (unknown.length > 0) throw new Error(`there is no bench called ${unknown.join(', ')}`);

const say = (line: string): void => void process.stdout.write(`• ${line}\n`);
const figures: Figure[] = [];
const together = Object.entries(TOGETHER).filter(([name]) => wanted(name));
if (together.length > 0) {
  const fixture = await startFixture(say);
  try {
    for (const [name, bench] of together) {
      say(`measuring ${name}`);
      figures.push(...(await bench(fixture)));
    }
  } finally {
    await fixture.stack.stop();
  }
}
for (const [name, bench] of Object.entries(APART)) {
  if (!wanted(name)) continue;
  say(`measuring ${name}`);
  figures.push(...(await bench()));
}
process.stdout.write(`\n${table(figures)}\n\n`);
process.exit(0);
