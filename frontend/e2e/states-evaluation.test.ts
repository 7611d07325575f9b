import { play } from './support/stage.ts';
import { makeSession } from './support/work.ts';

/** Fixes of the sample repository: what their commits say, and which file they change. */
const fixes = [
  ['Count the last page as a page\n\nFixes #1', 'src/todos/paginate.js'],
  ['Reckon due dates where people live\n\nFixes #2', 'src/dates.js'],
  ['fix: clients behind one address share a limit', 'src/http/throttle.js'],
  ['fix: tags that differ in case only are one', 'src/todos/tags.js'],
] as const;
const branch = 'measured';

play('states of an evaluation', async ({ visit, product }) => {
  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  const without = await makeSession(visitor, 'A branch without fixes');
  await visitor.goto(`/s/${without}`);
  await page.getByRole('button', { name: 'More for this session' }).click();
  await page.getByRole('menuitem', { name: 'How well the search finds' }).click();
  await page.getByText('Not measured yet').waitFor();
  await visitor.look('evaluation empty');
  await page.getByRole('button', { name: 'Measure this branch' }).click();
  await page.getByText('There is nothing to measure with yet').waitFor({ timeout: 60_000 });
  await visitor.look('evaluation no-fixes');

  for (const [message, path] of fixes)
    await product.commit('acme/todo-api', branch, message, { [path]: `// ${message}\n` });
  const session = await makeSession(visitor, 'A branch with fixes', 'acme/todo-api', branch);
  const address = `/s/${session}/evaluations`;
  await product.forgeFault({ kind: 'latency', match: '/issues/', times: 10, ms: 4_000 });
  await visitor.goto(address);
  await page.getByRole('button', { name: 'Measure this branch' }).click();
  await page.getByRole('progressbar', { name: 'Measurement' }).waitFor();
  await visitor.look('evaluation running');
  await product.noFaults();
  // Its end is heard of without a reload.
  await page.getByRole('heading', { name: 'Found', exact: true }).waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Measure again' }).click();
  await page.getByRole('heading', { name: 'Found', exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Found', exact: true }).waitFor({ timeout: 120_000 });

  await product.age(`UPDATE evaluation_cases SET fixed_at = fixed_at - position * interval '37 days'`, []);
  await page.goto(address);
  const list = page.getByRole('list', { name: 'Fixes', exact: true });
  await list.getByRole('link', { name: /The last to-do is missing/ }).waitFor();
  await page.getByText('What was found, best first').first().click();
  await visitor.look('evaluation full');
  await page.getByRole('button', { name: /^Commits/ }).click();
  await list.getByRole('listitem').filter({ hasText: 'src/todos/tags.js' }).first().waitFor();
  await page.keyboard.press('j');
  await page.locator('[data-row]:focus').waitFor();
  await page.getByText('As a table').first().click();
  await visitor.look('evaluation commits');
  await list.getByRole('link', { name: 'src/todos/tags.js' }).first().click();
  await page.getByRole('region', { name: 'Code of src/todos/tags.js' }).waitFor();
  await visitor.look('evaluation file', ['desktop']);

  const release = await visitor.hold(/\/evaluations\?/);
  await visitor.goto(address);
  await page.locator('app-evaluation-page app-skeleton').first().waitFor();
  await visitor.look('evaluation loading');
  await release();
  await visitor.refuse(/\/evaluations\?/);
  await visitor.goto(address);
  await page.locator('app-evaluation-page').getByRole('alert').waitFor();
  await visitor.look('evaluation failed');
});
