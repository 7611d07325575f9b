import assert from 'node:assert/strict';
import { play } from './support/stage.ts';
import { trailIsSealed } from './support/trail.ts';
import { forgetSignIn } from './support/visitor.ts';

play('an auditor finds out who did what, follows it, verifies the trail and takes it along', async ({ visit }) => {
  // Something to find: member is refused what only admins may do.
  const member = await visit({ as: 'member' });
  await member.goto('/');
  const refused = await member.page.request.get('/api/audit/entries');
  assert.equal(refused.status(), 403);
  assert.equal(await member.page.getByRole('link', { name: 'Audit' }).count(), 0);
  await member.page.goto('/audit');
  await member.page.getByText('There is no such page').waitFor();

  const auditor = await visit({ as: 'auditor' });
  const { page } = auditor;
  await auditor.goto('/audit');
  const rows = page.getByRole('listbox', { name: 'Entries, newest first' }).getByRole('option');
  await rows.first().waitFor();

  // Filters stand in the address, and come back with it.
  await page.getByRole('combobox', { name: 'Result' }).selectOption('denied');
  await page.waitForURL(/result=denied/);
  await rows.filter({ hasText: 'member' }).first().waitFor();
  await page.reload();
  await rows.filter({ hasText: 'member' }).first().waitFor();
  assert.equal(await page.getByRole('combobox', { name: 'Result' }).inputValue(), 'denied');

  // One entry, and the way to all like it.
  await rows.filter({ hasText: 'member' }).first().click();
  const entry = page.getByRole('complementary', { name: 'Entry' });
  await entry.getByText('denied', { exact: true }).waitFor();
  await page.waitForURL(/entry=\d+/);
  await page.reload();
  await entry.getByText('denied', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await entry.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Show everything' }).click();
  await trailIsSealed(auditor);
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText('The trail is intact').waitFor();

  for (const [name, kind, first] of [
    ['As NDJSON', 'ndjson', /^\{"seq":/],
    ['As CSV', 'csv', /^"?seq/],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name }).click();
    const file = await download;
    assert.match(file.suggestedFilename(), new RegExp(`\\.${kind}$`));
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    assert.match(Buffer.concat(chunks).toString('utf8'), first);
  }
});

play('an admin gives a role and takes it back, and cannot shut themselves out', async ({ visit }) => {
  const member = await visit({ as: 'member' });
  await member.goto('/');
  const admin = await visit({ as: 'admin' });
  const { page } = admin;
  await admin.goto('/admin');
  const role = page.getByRole('combobox', { name: 'Role of member' });
  await role.selectOption('auditor');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Change the role' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await member.page.reload();
  await member.page.getByRole('link', { name: 'Audit' }).waitFor();
  await page.getByText('member is an auditor now').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('member is a member now').waitFor();
  assert.equal(await role.inputValue(), 'member');
  assert.ok(await page.getByRole('button', { name: 'Shut out admin' }).isDisabled());

  admin.expect(/409/);
  await page.getByRole('combobox', { name: 'Role of admin' }).selectOption('member');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Change the role' }).click();
  await page.getByRole('alert').getByText('the last administrator').waitFor();
  await admin.look('users last-admin');
  assert.equal(await page.getByRole('combobox', { name: 'Role of admin' }).inputValue(), 'admin');
});

play('somebody who is shut out is out at once, and comes back when let in', async ({ visit }) => {
  const member = await visit({ as: 'member' });
  await member.goto('/');
  member.expect(/401/);
  const admin = await visit({ as: 'admin' });
  const { page } = admin;
  await admin.goto('/admin?q=mem');
  await page.getByRole('button', { name: 'Shut out member' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Shut them out' }).click();
  await page.getByText('member is shut out').waitFor();
  await member.page.waitForURL(/\/sign-in/);
  await page.getByRole('button', { name: 'Let member in' }).click();
  await page.getByText('member may sign in again').waitFor();
  forgetSignIn('member');
});

play('another device is signed out from here', async ({ visit }) => {
  const here = await visit({ as: 'member' });
  forgetSignIn('member');
  const there = await visit({ as: 'member' });
  await there.goto('/');
  there.expect(/401/);
  const { page } = here;
  await here.goto('/settings');
  const devices = page.getByRole('list', { name: 'Devices' }).getByRole('listitem');
  await devices.nth(1).waitFor();
  await page.getByRole('button', { name: 'Sign out all others' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign them out' }).click();
  await page.getByText('Every other device is signed out').waitFor();
  await there.page.waitForURL(/\/sign-in/);
  assert.equal(await devices.count(), 1);
  forgetSignIn('member');
});
