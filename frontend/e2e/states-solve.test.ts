import { play } from './support/stage.ts';
import { adopt, makeSession, solveIs, startSolve } from './support/work.ts';

play('states of a solve', async ({ visit, product }) => {
  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  const session = await makeSession(visitor, 'States of a solve');
  const issue = await adopt(visitor, session, 1);

  await product.modelFault({ kind: 'slow', ms: 120, times: 3 });
  const solve = await startSolve(visitor, issue);
  await visitor.goto(`/s/${session}/solves/${solve}`);
  await page.locator('app-step-list li').first().waitFor({ timeout: 120_000 });
  // Fails by itself while the other is looked at.
  const hopeless = await startSolve(visitor, await adopt(visitor, session, 4));
  await visitor.look('solve running');
  await page.getByRole('tab', { name: /^Diff/ }).click();
  await visitor.look('solve diff-empty', ['desktop']);
  await solveIs(visitor, solve, ['completed']);
  await page.getByRole('tab', { name: /^Run/ }).click();
  await page.locator('app-solve-bar app-status-chip', { hasText: 'Completed' }).waitFor();
  await visitor.look('solve completed');
  for (const [name, there] of [
    ['Diff', 'app-diff-file'],
    ['Tests', 'app-tests-tab h3'],
    ['Timeline', 'app-timeline-tab li'],
    ['Trajectory', 'app-trajectory-tab li'],
  ] as const) {
    await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    await page.locator(there).first().waitFor();
    await visitor.look(`solve ${name}`);
  }
  await page.getByRole('button', { name: 'Open pull request' }).click();
  await page.getByRole('dialog').waitFor();
  await visitor.look('solve pull-request-dialog');
  await page.keyboard.press('Escape');

  await product.modelFault({ kind: 'skip-fix' });
  const failed = await startSolve(visitor, issue);
  await solveIs(visitor, failed, ['failed']);
  await visitor.goto(`/s/${session}/solves/${failed}`);
  await page.locator('app-step-list li').first().waitFor();
  await visitor.look('solve failed');

  await solveIs(visitor, hopeless, ['failed']);
  await visitor.goto(`/s/${session}/solves/${hopeless}`);
  await page.locator('app-solve-bar app-status-chip', { hasText: 'Failed' }).waitFor();
  await visitor.look('solve gave-up');

  await product.modelFault({ kind: 'hang', times: 1 });
  const cancelled = await startSolve(visitor, issue);
  await visitor.goto(`/s/${session}/solves/${cancelled}`);
  await page.getByRole('button', { name: 'Cancel the solve' }).click();
  await page.getByRole('alertdialog').waitFor();
  await visitor.look('solve cancel-dialog');
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Cancel the solve/ })
    .click();
  await page.locator('app-solve-bar app-status-chip', { hasText: 'Cancelled' }).waitFor({ timeout: 30_000 });
  await visitor.look('solve cancelled');

  await page.goto(`/s/${session}?tab=solves`);
  await page.getByRole('list', { name: 'Solves' }).waitFor();
  await visitor.look('solves full');

  const release = await visitor.hold(/\/diff$/);
  await page.goto(`/s/${session}/solves/${solve}?view=diff`);
  await page.locator('app-diff-tab app-skeleton').waitFor();
  await visitor.look('solve diff-loading', ['desktop']);
  await release();
  await visitor.refuse(/\/diff$/);
  await page.goto(`/s/${session}/solves/${solve}?view=diff`);
  await page.locator('app-diff-tab').getByRole('alert').waitFor();
  await visitor.look('solve diff-failed');
});
