import assert from 'node:assert/strict';
import { play } from './support/stage.ts';
import { converse, makeSession, question } from './support/work.ts';

play('an exported session is imported; a file that is none is told apart', async ({ visit }) => {
  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  const session = await makeSession(visitor, 'To be taken along');
  await converse(visitor, session, question);
  const exported = await visitor.page.request.get(`/api/sessions/${session}/export?format=json`);
  const document = (await exported.json()) as { messages: { role: string }[] };

  await visitor.goto('/');
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a session' });
  const give = (name: string, content: string | Buffer): Promise<void> =>
    dialog
      .getByLabel('Exported session')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  const send = dialog.getByRole('button', { name: 'Import the session' });

  await visitor.look('import empty');
  await give('notes.md', '# Notes');
  await dialog.getByText('Export it as JSON').waitFor();
  await give('cut.json', JSON.stringify(document).slice(0, 200));
  await dialog.getByText('cut off').waitFor();
  await give('large.json', Buffer.alloc(6 * 1024 * 1024 + 1, ' '));
  await dialog.getByText('no more than 6 MB').waitFor();
  assert.ok(await send.isDisabled());

  visitor.expect(/422/);
  const [first, ...rest] = document.messages;
  await give('odd.json', JSON.stringify({ ...document, messages: [{ ...first, role: 'wizard' }, ...rest] }));
  await send.click();
  await dialog.getByRole('list', { name: 'What is wrong with the file' }).getByText('messages').first().waitFor();
  await visitor.look('import refused');

  await give('session.json', JSON.stringify(document));
  await dialog.getByText('To be taken along').waitFor();
  await visitor.look('import ready');
  await send.click();
  await page.waitForURL((url) => /^\/s\/[0-9a-f-]{36}$/.test(url.pathname) && !url.pathname.endsWith(session));
  await page.getByRole('article').nth(1).waitFor();
});

play('the code of the branch is searched, and a place found opens the file there', async ({ visit }) => {
  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  const session = await makeSession(visitor, 'Searched');
  await page.goto(`/s/${session}?tab=files`);
  await page.getByRole('treeitem').first().waitFor();
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await page.getByText('Ask a question').waitFor();
  await visitor.look('code-search empty');
  await page.getByRole('searchbox', { name: 'Search the code' }).fill('where is the next page of to-dos decided');
  const files = page.getByRole('list', { name: 'Files found' });
  await files.waitFor();
  await page.waitForURL(/find=where/);
  await visitor.look('code-search full');
  await page.reload();
  await files.getByRole('list').first().getByRole('link').first().click();
  await page.waitForURL(/file=.*lines=/);
  await page.locator('app-code-line.marked').first().waitFor();
  await page.getByRole('link', { name: 'Back' }).first().click();
  await files.waitFor();
  await visitor.refuse(/\/search$/);
  await page.reload();
  await page.getByRole('alert').waitFor();
  await visitor.look('code-search failed', ['phone']);

  // The palette finds the files of the session that is open, beside every session.
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.waitFor();
  await page.keyboard.type('readme');
  await palette.getByRole('option', { name: /README\.md/ }).click();
  await page.waitForURL(/file=README\.md/);
});
