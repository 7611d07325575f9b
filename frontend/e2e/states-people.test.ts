import { play } from './support/stage.ts';

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
  await page.getByRole('button', { name: 'Verify' }).click();
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
  const visitor = await visit({ as: 'admin' });
  const { page } = visitor;
  const release = await visitor.hold(/\/api\/admin\/users/);
  await visitor.goto('/admin');
  await page.locator('app-skeleton').waitFor();
  await visitor.look('users loading');
  await release();
  await page.getByRole('list', { name: 'Users' }).waitFor();
  await visitor.look('users full');
  await visitor.refuse(/\/api\/admin\/users/);
  await visitor.goto('/admin');
  await page.getByRole('alert').waitFor();
  await visitor.look('users failed');
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

  await page.getByRole('button', { name: 'Delete Nightly triage' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete the token' }).click();
  await page.getByText('No API tokens').waitFor();

  await visitor.refuse(/\/api\/auth\/(tokens|logins|limits)/);
  await visitor.goto('/settings');
  await page.getByRole('alert').first().waitFor();
  await visitor.look('settings failed');
});
