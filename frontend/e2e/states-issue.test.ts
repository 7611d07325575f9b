import { play } from './support/stage.ts';
import { adopt, converse, issueIs, makeDraft, makeSession, question } from './support/work.ts';

play('states of a draft', async ({ visit, product }) => {
  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  const session = await makeSession(visitor, 'States of a draft');
  await converse(visitor, session, question);

  await product.modelFault({ kind: 'hang' });
  const { id: hanging } = await visitor.ask<{ id: string }>('POST', `/api/sessions/${session}/issues`, {});
  await visitor.goto(`/s/${session}/issues/${hanging}`);
  await page.locator('app-issue-page').getByText('Drafting').first().waitFor();
  await visitor.look('issue drafting');
  await product.noFaults();

  await product.modelFault({ kind: 'error', times: 20 });
  const failed = await makeDraft(visitor, session);
  await product.noFaults();
  await visitor.goto(`/s/${session}/issues/${failed}`);
  await page.locator('app-issue-note').getByRole('alert').or(page.locator('app-issue-note')).first().waitFor();
  await visitor.look('issue failed');

  const draft = await makeDraft(visitor, session);
  await visitor.goto(`/s/${session}/issues/${draft}`);
  await page.getByRole('textbox', { name: 'Title', exact: true }).waitFor();
  await visitor.look('issue write');
  await page.getByRole('button', { name: 'Add label' }).click();
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await visitor.look('issue labels', ['desktop']);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'As on GitHub' }).click();
  await page.locator('app-sent-preview').waitFor();
  await visitor.look('issue preview');
  await page.getByRole('tab', { name: 'Revisions' }).click();
  await page.locator('app-revision-item').first().waitFor();
  await visitor.look('issue revisions');
  await page.getByRole('button', { name: /^Publish/ }).click();
  await page.getByRole('alertdialog').locator('app-sent-preview').waitFor();
  await visitor.look('issue publish-dialog');
  await page.keyboard.press('Escape');

  // Somebody else writes at the same time.
  await page.getByRole('tab', { name: 'Write' }).click();
  const release = await visitor.hold(new RegExp(`/api/issues/${draft}$`));
  await visitor.ask('PATCH', `/api/issues/${draft}`, { title: 'Their title' });
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('My title');
  visitor.expect(/409/);
  await page.waitForTimeout(1_500);
  await release();
  await page.getByRole('button', { name: /mine/i }).waitFor();
  await visitor.look('issue overtaken');

  const published = await adopt(visitor, session, 1);
  await issueIs(visitor, published, ['published']);
  await visitor.goto(`/s/${session}/issues/${published}`);
  await page.locator('app-sent-preview').waitFor();
  await visitor.look('issue published');
  await page.getByRole('button', { name: 'Start a solve' }).click();
  await page.getByRole('dialog').waitFor();
  await visitor.look('issue solve-dialog');

  visitor.expect(/404/);
  await page.goto(`/s/${session}/issues/01234567-89ab-7def-8123-456789abcdef`);
  await page.getByText('This does not exist').waitFor();
  await visitor.look('issue not-found');
});
