import { isAbsolute, relative } from 'node:path';
import { ROOT } from './paths.mjs';
import { build, install, needGit } from './prepare.ts';
import { duration, main, say, step, Stop } from './progress.mjs';
import { NOTHING, type Results } from './results.ts';
import { showFailures, type Stage, stages } from './stages.ts';
import { watchParent } from './watch-parent.mjs';

/** `npm test [-- stage…]`: everything, or the stages whose names begin with one of those given. */
const wishes = process.argv.slice(2).filter((text) => !text.startsWith('-'));
const begun = Date.now();

interface Done {
  readonly stage: Stage;
  readonly results: Results;
  readonly ms: number;
}

function chosen(): readonly Stage[] {
  const found = stages.filter(({ name }) => wishes.length === 0 || wishes.some((wish) => name.startsWith(wish)));
  if (found.length > 0) return found;
  throw new Stop(`There is no stage "${wishes.join(' ')}". Stages: ${stages.map(({ name }) => name).join(', ')}.`);
}

/** Where a failure was and what it is called: the first two lines of what it says. */
function nameOf(failure: string): string {
  const [place = '', name = ''] = failure.split('\n');
  return [isAbsolute(place) ? relative(ROOT, place) : place, name].filter(Boolean).join(' · ').slice(0, 300);
}

/** A check that fails counts as one failed test; that it passes is no test that passed. */
async function attempt(stage: Stage, note: (text: string) => void): Promise<Results> {
  if ('suite' in stage) return stage.suite(note);
  try {
    await stage.check(note);
    return NOTHING;
  } catch (error) {
    return { ...NOTHING, failed: 1, failures: [said(error)] };
  }
}

function said(error: unknown): string {
  if (error instanceof Stop) return [...error.output, error.message].join('\n');
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const isWell = ({ failed }: Results): boolean => failed === 0;

function rowOf({ stage, results: { passed, failed, skipped }, ms }: Done): string[] {
  if ('check' in stage) return [stage.what, failed ? '' : 'ok', failed ? 'FAILED' : '', '', duration(ms)];
  return [stage.what, String(passed), String(failed), String(skipped), duration(ms)];
}

function table(rows: readonly string[][]): string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const aligned = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(width(column)) : cell.padStart(width(column));
  return rows.map((row) => row.map(aligned).join('   '));
}

watchParent();
await main(async () => {
  const list = chosen();
  needGit();
  await install();
  await build();
  const done: Done[] = [];
  for (const stage of list) {
    const since = Date.now();
    const results = await step(stage.what, (note) => attempt(stage, note), isWell);
    showFailures(results.failures);
    done.push({ stage, results, ms: Date.now() - since });
  }
  const total = (key: 'passed' | 'failed' | 'skipped'): number =>
    done.reduce((sum, { results }) => sum + results[key], 0);
  say('');
  for (const line of table([['', 'passed', 'failed', 'skipped', 'time'], ...done.map(rowOf)])) say(line);
  const failures = done.flatMap(({ stage, results }) =>
    results.failures.map((text) => `${stage.what}: ${nameOf(text)}`),
  );
  for (const failure of failures) say(`✗ ${failure}`);
  say('');
  say(`Took ${duration(Date.now() - begun)}. Reports: dist/test-results`);
  say(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
  return total('failed') === 0 ? 0 : 1;
});
