import { play } from './support/stage.ts';
import { adopt, converse, makeSession, question } from './support/work.ts';

play('states of the conversation', async ({ visit, product }) => {
  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  const session = await makeSession(visitor, 'States of the conversation');

  const releaseSession = await visitor.hold(new RegExp(`/api/sessions/${session}$`));
  await page.goto(`/s/${session}`);
  await page.locator('app-skeleton').first().waitFor();
  await visitor.look('workspace loading');
  await releaseSession();
  await page.getByText('Ask about the code').first().waitFor();
  await visitor.look('chat empty');

  await product.modelFault({ kind: 'slow', ms: 1_500 });
  await page.getByRole('textbox', { name: 'Message' }).fill(question);
  await page.keyboard.press('Enter');
  await page.locator('app-markdown').last().waitFor();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await visitor.look('chat streaming');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped before it was finished').waitFor();
  await visitor.look('chat stopped');

  await page.getByRole('article').last().hover();
  await page.getByRole('button', { name: 'Answer again' }).last().click();
  await page.getByRole('group', { name: 'Versions of this message' }).waitFor();
  await page.getByRole('article').last().and(page.locator('[aria-busy=false]')).waitFor({ timeout: 60_000 });
  await page.getByRole('list', { name: 'Sources' }).waitFor();
  await visitor.look('chat full');

  await product.modelFault({ kind: 'error', times: 20 });
  await page.getByRole('textbox', { name: 'Message' }).fill('And now?');
  await page.keyboard.press('Enter');
  await page
    .getByRole('article')
    .last()
    .getByText('This answer failed')
    .or(page.getByRole('article').last().getByRole('alert'))
    .first()
    .waitFor({ timeout: 60_000 });
  await visitor.look('chat failed-answer');
  await product.noFaults();

  const offline = await visitor.refuse(/\/messages$/);
  await page.getByRole('textbox', { name: 'Message' }).fill('This one does not get through.');
  await page.keyboard.press('Enter');
  await page.locator('app-outgoing-item').getByRole('alert').waitFor();
  await visitor.look('chat unsent');
  await offline();
  await page.getByRole('button', { name: 'Discard' }).click();

  await visitor.refuse(/\/messages(\?|$)/);
  await page.goto(`/s/${session}`);
  await page.getByRole('region', { name: 'Conversation' }).getByRole('alert').waitFor();
  await visitor.look('chat failed');

  visitor.expect(/404/);
  await page.goto('/s/01234567-89ab-7def-8123-456789abcdef');
  await page.getByText('This does not exist').waitFor();
  await visitor.look('workspace not-found');
});

play('states of the panel', async ({ visit, product }) => {
  const visitor = await visit({ as: 'member' });
  const { page } = visitor;
  const session = await makeSession(visitor, 'States of the panel');
  const open = (tab: string) => page.goto(`/s/${session}?tab=${tab}`);

  await open('context');
  await page.getByText('No cards yet').waitFor();
  await visitor.look('context empty');
  await open('issues');
  await page.getByText('No issues yet').waitFor();
  await visitor.look('issues empty');
  await page.getByRole('button', { name: 'Draft an issue', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await visitor.look('issues draft-dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'From GitHub' }).click();
  await page.getByRole('dialog').getByRole('option').first().waitFor();
  await visitor.look('issues adopt-dialog');
  await page.keyboard.press('Escape');
  await open('solves');
  await page.getByText('No solves yet').waitFor();
  await visitor.look('solves empty');
  await open('files');
  await page.getByRole('treeitem').first().waitFor();
  await visitor.look('files full');
  await page.getByRole('checkbox', { name: 'Only what was left out of the index' }).check();
  await visitor.look('files left-out', ['desktop']);

  const answer = await converse(visitor, session, question);
  await visitor.ask('POST', `/api/sessions/${session}/cards`, { messageId: answer });
  await visitor.ask('POST', `/api/sessions/${session}/cards`, { title: 'House rules', content: 'Tests come first.' });
  await adopt(visitor, session, 2);
  await open('context');
  await page.getByRole('list', { name: 'Cards' }).waitFor();
  await visitor.look('context full');
  await open('issues');
  await page.getByRole('list', { name: 'Issues' }).waitFor();
  await visitor.look('issues full');

  await page.goto(`/s/${session}?file=README.md&lines=1-3`);
  await page.locator('app-code-line.marked').first().waitFor();
  await visitor.look('file full');

  visitor.expect(/404/);
  await page.goto(`/s/${session}?file=gone.txt`);
  await page.getByRole('complementary').getByRole('alert').waitFor();
  await visitor.look('file gone');

  for (const [tab, address] of [
    ['context', /\/cards|\/context/],
    ['files', /\/files\?/],
    ['issues', /\/issues/],
    ['solves', /\/solves/],
  ] as const) {
    const release = await visitor.hold(address);
    await open(tab);
    await page.getByRole('complementary').locator('app-skeleton').first().waitFor();
    await visitor.look(`${tab} loading`);
    await release();
    const back = await visitor.refuse(address);
    await open(tab);
    await page.getByRole('complementary').getByRole('alert').first().waitFor();
    await visitor.look(`${tab} failed`);
    await back();
  }
  await product.noFaults();
});

play('states of the index', async ({ visit, product }) => {
  const visitor = await visit({ as: 'admin' });
  const { page } = visitor;
  visitor.expect(/50\d/);
  await product.forgeFault({ kind: 'latency', match: 'git-upload-pack', times: 20, ms: 6_000 });
  const { id } = await visitor.ask<{ id: string }>('POST', '/api/sessions', {
    owner: 'globex',
    repo: await globex(visitor),
  });
  await page.goto(`/s/${id}?tab=files`);
  await page
    .getByText(/Waiting for a worker|Reading the repository/)
    .first()
    .waitFor();
  await visitor.look('index running');
  await page.getByRole('button', { name: /^Activity, 1/ }).click();
  await page.getByRole('dialog', { name: 'Activity' }).waitFor();
  await visitor.look('activity running');
  await product.noFaults();
});

async function globex(visitor: { ask: <T>(method: 'GET', path: string) => Promise<T> }): Promise<string> {
  const { items } = await visitor.ask<{ items: { owner: string; name: string }[] }>(
    'GET',
    '/api/github/repositories?query=globex&limit=5',
  );
  const [first] = items;
  if (!first) throw new Error('There is no repository of globex.');
  return first.name;
}
