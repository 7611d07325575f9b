import { play } from './support/stage.ts';
import { forgetSignIn } from './support/visitor.ts';
import { makeSession } from './support/work.ts';

play('states of the door', async ({ visit }) => {
  const visitor = await visit();
  await visitor.goto('/sign-in');
  await visitor.look('sign-in full');
  await visitor.goto('/sign-in?error=auth.not-allowed');
  await visitor.page.getByRole('alert').waitFor();
  await visitor.look('sign-in failed');
});

play('states of the list of sessions', async ({ visit }) => {
  const auditor = await visit({ as: 'auditor' });
  await auditor.goto('/');
  await auditor.page.getByText('No sessions yet').waitFor();
  await auditor.look('sessions empty');

  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  await makeSession(visitor, 'The last page loses a to-do');
  await makeSession(visitor, 'What would it take to repeat a to-do every week, without asking the clock twice');
  const release = await visitor.hold(/\/api\/sessions\?/);
  await visitor.goto('/');
  await page.getByText('Loading').first().waitFor({ state: 'attached' });
  await visitor.look('sessions loading');
  await release();
  await page.getByRole('link', { name: /The last page loses/ }).waitFor();
  await visitor.look('sessions full');

  await page.getByRole('button', { name: /^More for The last page loses/ }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).waitFor();
  await visitor.look('sessions menu', ['desktop']);
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').waitFor();
  await visitor.look('sessions delete');
  await page.keyboard.press('Escape');

  await visitor.goto('/?q=nothing-is-called-so');
  await page.getByText('No session matches').waitFor();
  await visitor.look('sessions filtered-empty');

  await visitor.refuse(/\/api\/sessions\?/);
  await visitor.goto('/');
  await page.getByRole('alert').waitFor();
  await visitor.look('sessions failed');
});

play('states of the picker', async ({ visit, product }) => {
  const visitor = await visit({ as: 'admin' });
  const { page } = visitor;
  await product.forgeFault({ kind: 'latency', match: 'GET /user/repos', times: 50, ms: 4_000 });
  await visitor.goto('/new');
  await page.locator('app-skeleton').first().waitFor();
  await visitor.look('new-session loading', ['desktop']);
  await product.noFaults();
  const options = page.getByRole('listbox', { name: 'Repository' }).getByRole('option');
  await options.first().waitFor({ timeout: 30_000 });
  await visitor.look('new-session full');
  await page.getByRole('combobox', { name: 'Repository' }).fill('nobody/has-this');
  await options.first().waitFor({ state: 'detached' });
  await visitor.look('new-session nothing-found');
  await visitor.goto('/new?repo=acme/todo-api');
  await page.getByRole('option', { name: /^main\b/ }).waitFor();
  await visitor.look('new-session branch');

  visitor.expect(/50[0-9]/);
  await product.forgeFault({ kind: '500', match: 'GET /repos/', times: 100 });
  await visitor.goto('/new?repo=acme/todo-api');
  await page.getByRole('alert').first().waitFor({ timeout: 60_000 });
  await visitor.look('new-session failed');
});

play(
  'states of the frame: a lost page, a lost grant, a lost server, activity, palette, keys',
  async ({ visit, product }) => {
    const visitor = await visit({ as: 'member' });
    const { page } = visitor;
    await page.goto('/nowhere');
    await page.getByText('There is no such page').waitFor();
    await visitor.look('not-found');
    await page.getByRole('button', { name: /^Activity/ }).click();
    await page.getByRole('dialog', { name: 'Activity' }).waitFor();
    await visitor.look('activity empty');
    await page.keyboard.press('Escape');
    await visitor.goto('/');
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog', { name: 'Command palette' }).getByRole('option').first().waitFor();
    await visitor.look('palette');
    await page.keyboard.type('nothing is called so');
    await page.getByText('Nothing is called that here').waitFor();
    await visitor.look('palette nothing-found');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await visitor.look('shortcuts');

    const failing = await visit({ as: 'member' });
    await failing.refuse(/\/api\/auth\/me/);
    await failing.page.goto('/');
    await failing.page.getByRole('alert').waitFor();
    await failing.look('frame failed');

    await product.grant('member', true);
    const disconnected = await visit({ as: 'member' });
    disconnected.expect(/409|403|404|50\d/);
    await disconnected.goto('/new');
    await disconnected.page
      .getByRole('link', { name: 'Reconnect GitHub' })
      .waitFor({ timeout: 30_000 })
      .finally(() => product.grant('member', false));
    await disconnected.look('frame reconnect');
    forgetSignIn('member');
  },
);
