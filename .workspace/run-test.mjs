import { build, install, needGit } from './prepare.mjs';
import { duration, main, say, step, Stop } from './progress.mjs';
import { nothing } from './results.mjs';
import { showFailures, stages } from './stages.mjs';
import { watchParent } from './watch-parent.mjs';

/** `npm test [-- stage…]`: everything, or the stages whose names begin with one of those given. */
const wishes = process.argv.slice(2).filter((text) => !text.startsWith('-'));
const begun = Date.now();

function chosen() {
  const found = stages.filter(({ name }) => wishes.length === 0 || wishes.some((wish) => name.startsWith(wish)));
  if (found.length > 0) return found;
  throw new Stop(`There is no stage "${wishes.join(' ')}". Stages: ${stages.map(({ name }) => name).join(', ')}.`);
}

/** A check that fails counts as one failed test; that it passes is no test that passed. */
async function attempt(stage, note) {
  if (stage.suite) return stage.suite(note);
  try {
    await stage.check(note);
    return nothing();
  } catch (error) {
    const failure =
      error instanceof Stop ? [...error.output, error.message].join('\n') : (error?.stack ?? String(error));
    return { ...nothing(), failed: 1, failures: [failure] };
  }
}

const isWell = ({ failed }) => failed === 0;

function table(rows) {
  const widths = rows[0].map((_cell, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('   '),
  );
}

function rowOf({ stage, results, ms }) {
  const { passed, failed, skipped } = results;
  if (stage.check) return [stage.what, failed ? '' : 'ok', failed ? 'FAILED' : '', '', duration(ms)];
  return [stage.what, String(passed), String(failed), String(skipped), duration(ms)];
}

watchParent();
await main(async () => {
  const list = chosen();
  needGit();
  await install();
  await build();
  const done = [];
  for (const stage of list) {
    const since = Date.now();
    const results = await step(stage.what, (note) => attempt(stage, note), isWell);
    showFailures(results.failures);
    done.push({ stage, results, ms: Date.now() - since });
  }
  const total = (key) => done.reduce((sum, { results }) => sum + results[key], 0);
  say('');
  for (const line of table([['', 'passed', 'failed', 'skipped', 'time'], ...done.map(rowOf)])) say(line);
  say('');
  say(`Took ${duration(Date.now() - begun)}. Reports: dist/test-results`);
  say(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
  return total('failed') === 0 ? 0 : 1;
});
