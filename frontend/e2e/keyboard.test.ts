import assert from 'node:assert/strict';
import { play } from './support/stage.ts';
import { makeSession } from './support/work.ts';

play('everything is reached with the keyboard alone', async ({ visit }) => {
  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  const session = await makeSession(visitor, 'Reached by keys');
  await visitor.goto('/');
  await page.getByRole('link', { name: /Reached by keys/ }).waitFor();

  // The first thing is the way past the places.
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the page' });
  assert.ok(await skip.evaluate((link) => link === document.activeElement));
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');

  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Search sessions');
  await page.keyboard.type('Reached');
  await page.waitForURL(/q=Reached/);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.searchParams.has('q'));
  await page.getByRole('link', { name: /Reached by keys/ }).waitFor();
  await page.locator('main').focus();
  await page.keyboard.press('j');
  assert.ok(await page.evaluate(() => document.activeElement?.matches('[data-row]')));

  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.waitFor();
  await page.keyboard.type('Reached');
  await palette.getByRole('option', { name: /Reached by keys/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/s/${session}`);

  // In the session: the tabs by arrows, the panel by a point, the message field by a letter, and back out by Escape.
  await page.getByRole('region', { name: 'Conversation' }).waitFor();
  await page.getByRole('tab', { name: /^Context/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/tab=files/);
  assert.match((await page.evaluate(() => document.activeElement?.textContent)) ?? '', /Files/);
  await page.keyboard.press('.');
  await page.waitForURL(/tab=none/);
  await page.keyboard.press('m');
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'textarea');
});

play('a message of 20,000 characters goes, one more says so, and a draft outlives a reload', async ({ visit }) => {
  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  const session = await makeSession(visitor, 'Long words');
  await page.goto(`/s/${session}`);
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('x'.repeat(20_001));
  await page.getByText('1 characters too many').or(page.getByText('1 character too many')).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Send' }).isDisabled());
  await page.reload();
  assert.equal((await field.inputValue()).length, 20_001);
  await field.fill('x'.repeat(20_000));
  await field.press('Enter');
  await page.getByRole('article').nth(1).waitFor();
  assert.equal(await field.inputValue(), '');
});

play('a browser that keeps no cookies is told what to do', async ({ visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  await page.goto('/api/auth/callback?code=abc&state=def');
  await page.waitForURL(/\/sign-in\?error=/);
  await page.getByRole('alert').waitFor();
  assert.match((await page.getByRole('alert').textContent()) ?? '', /cookie/i);
  await visitor.look('sign-in without-cookies', ['phone']);
});
