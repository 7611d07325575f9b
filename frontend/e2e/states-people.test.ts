import { play } from './support/stage.ts';
import { trailIsSealed } from './support/trail.ts';
import { converse, makeSession, question } from './support/work.ts';

play('states of the audit page', async ({ visit }) => {
  const visitor = await visit({ as: 'auditor' });
  const { page } = visitor;
  const release = await visitor.hold(/\/api\/audit\/entries/);
  await visitor.goto('/audit');
  await page.locator('app-skeleton').waitFor();
  await visitor.look('audit loading');
  await release();
  const rows = page.getByRole('listbox', { name: 'Entries, newest first' }).getByRole('option');
  await rows.first().waitFor();
  await visitor.look('audit full');
  const verify = page.getByRole('button', { name: 'Verify' });
  const releaseVerdict = await visitor.hold(/\/api\/audit\/verify/);
  await verify.click();
  await page.getByRole('progressbar', { name: 'Verifying the trail' }).waitFor();
  await visitor.look('audit verifying');
  await page.getByRole('button', { name: 'Stop' }).click();
  await releaseVerdict();
  const verdict = JSON.stringify({ intact: false, checked: 12, anchor: { state: 'missing' } });
  await page.route(/\/api\/audit\/verify/, (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: `id: 1\nevent: done\ndata: ${verdict}\n\n` }),
  );
  await verify.click();
  await page.getByText('This cannot be confirmed').waitFor();
  await visitor.look('audit unsealed');
  await page.unroute(/\/api\/audit\/verify/);
  await trailIsSealed(visitor);
  await verify.click();
  await page.getByText('The trail is intact').waitFor();
  await visitor.look('audit verified');
  await rows.first().click();
  await page.getByRole('complementary', { name: 'Entry' }).waitFor();
  await visitor.look('audit entry');
  await visitor.goto('/audit?q=nothing-is-called-so');
  await page.getByText('No entry matches').waitFor();
  await visitor.look('audit filtered-empty');
  await visitor.refuse(/\/api\/audit\/entries/);
  await visitor.goto('/audit');
  await page.getByRole('alert').waitFor();
  await visitor.look('audit failed');
});

play('states of the users page', async ({ visit }) => {
  // Whoever has signed in once is a user.
  await visit({ as: 'member' });
  const visitor = await visit({ as: 'admin' });
  const { page } = visitor;
  const release = await visitor.hold(/\/api\/admin\/users/);
  await visitor.goto('/admin');
  await page.locator('app-skeleton').waitFor();
  await visitor.look('users loading');
  await release();
  await page.getByRole('list', { name: 'Users' }).waitFor();
  await visitor.look('users full');
  await page.getByRole('button', { name: 'Shut out member' }).click();
  await page.getByRole('alertdialog').waitFor();
  await visitor.look('users shut-out');
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await visitor.goto('/admin?q=nobody-is-called-so');
  await page.getByText('Nobody matches').waitFor();
  await visitor.look('users filtered-empty', ['phone']);
  await visitor.refuse(/\/api\/admin\/users/);
  await visitor.goto('/admin');
  await page.getByRole('alert').waitFor();
  await visitor.look('users failed');
});

play('states of usage and limits', async ({ visit }) => {
  const member = await visit({ as: 'member' });
  await converse(member, await makeSession(member, 'Something is used'), question);
  const visitor = await visit({ as: 'admin' });
  const { page } = visitor;

  const releaseUsage = await visitor.hold(/\/api\/admin\/usage/);
  await visitor.goto('/admin/usage');
  await page.locator('app-skeleton').waitFor();
  await visitor.look('usage loading', ['desktop']);
  await releaseUsage();
  const byUser = page.getByRole('table', { name: 'By user' });
  await byUser.getByRole('row', { name: /member/ }).waitFor();
  await visitor.look('usage full');
  await visitor.goto('/admin/usage?from=2020-01-01&to=2020-01-31');
  await page.getByText('Nothing was used in this time').waitFor();
  await visitor.look('usage empty', ['phone']);
  await visitor.refuse(/\/api\/admin\/usage/);
  await visitor.goto('/admin/usage');
  await page.getByRole('alert').waitFor();
  await visitor.look('usage failed', ['desktop']);

  const releaseLimits = await visitor.hold(/\/api\/admin\/limits/);
  await visitor.goto('/admin/limits');
  await page.locator('app-skeleton').first().waitFor();
  await visitor.look('limits loading', ['phone']);
  await releaseLimits();
  await page.getByRole('list', { name: 'Each person' }).waitFor();
  await visitor.look('limits full');
  await page.getByRole('button', { name: 'Set for a person' }).click();
  await page
    .getByRole('dialog')
    .getByRole('option', { name: /member/ })
    .waitFor();
  await visitor.look('limits person');
  await page
    .getByRole('dialog')
    .getByRole('option', { name: /member/ })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Limits of member' });
  const openSolves = dialog.getByRole('combobox', { name: 'Solves open at the same time' });
  await openSolves.selectOption({ label: 'A number' });
  await dialog.getByRole('spinbutton').fill('2');
  await visitor.look('limits dialog');
  await dialog.getByRole('button', { name: 'Save the limits' }).click();
  await page.getByRole('list', { name: 'People with own limits' }).getByText(/of 2/).waitFor();
  await visitor.look('limits own');
  await member.goto('/settings');
  await member.page.getByRole('list', { name: 'Budgets' }).getByText(/of 2$/).waitFor();
  await page.getByRole('button', { name: 'Edit the limits of member' }).click();
  await openSolves.selectOption('standard');
  await dialog.getByRole('button', { name: 'Save the limits' }).click();
  await page.getByText('Nobody has limits of their own').waitFor();
  await visitor.refuse(/\/api\/admin\/limits/);
  await visitor.goto('/admin/limits');
  await page.getByRole('alert').waitFor();
  await visitor.look('limits failed', ['desktop']);
});

play('states of the settings', async ({ visit }) => {
  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  const release = await visitor.hold(/\/api\/auth\/(tokens|logins|limits)/);
  await visitor.goto('/settings');
  await page.locator('app-skeleton').first().waitFor();
  await visitor.look('settings loading');
  await release();
  await page.getByText('No API tokens').waitFor();
  await page.getByText('this browser', { exact: true }).waitFor();
  await visitor.look('settings empty');
  await page.getByRole('heading', { name: 'Limits' }).scrollIntoViewIfNeeded();
  await visitor.look('settings limits');

  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nightly triage');
  await visitor.look('settings token-dialog');
  await dialog.getByRole('button', { name: 'Create the token' }).click();
  await dialog.getByRole('textbox', { name: 'The token' }).waitFor();
  await visitor.look('settings token-secret');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('list', { name: 'API tokens' }).getByText('Nightly triage').waitFor();
  await visitor.look('settings full');

  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.reload();
  await page.locator('html[data-theme=dark]').waitFor();
  await page.getByRole('radio', { name: "The system's colours" }).check();

  await page.getByRole('button', { name: 'Revoke Nightly triage' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke the token' }).click();
  await page.getByText('No API tokens').waitFor();

  await visitor.refuse(/\/api\/auth\/(tokens|logins|limits)/);
  await visitor.goto('/settings');
  await page.getByRole('alert').first().waitFor();
  await visitor.look('settings failed');
});
