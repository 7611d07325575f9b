import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
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
  await page.getByRole('list', { name: 'Parts of the next prompt' }).waitFor();
  await visitor.look('context full');
  await choosePartsByKeys(page);
  const show = (context: object) =>
    page.route(/\/context$/, (route) =>
      route.fulfill({ contentType: 'application/json', body: JSON.stringify(context) }),
    );
  await show(longConversation);
  await page.reload();
  await page.getByText('in the place of 2 messages').click();
  await page.getByText('The list loses its last entry').waitFor();
  await visitor.look('context condensed');
  await page.unroute(/\/context$/);
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

/** The newest message goes out by a key and comes back by another; the server says so each time. */
async function choosePartsByKeys(page: Page): Promise<void> {
  const parts = page.getByRole('list', { name: 'Parts of the next prompt' });
  const row = parts.locator('[data-part^="turn:"]').last();
  await row.locator('[data-row]').focus();
  for (const [key, state] of [
    ['x', 'dropped'],
    ['u', 'included'],
  ] as const) {
    const answer = page.waitForResponse(
      (response) => response.request().method() === 'PATCH' && response.url().endsWith('/context'),
    );
    await page.keyboard.press(key);
    const context = (await (await answer).json()) as { parts: { id: string; state: string }[] };
    const id = await row.getAttribute('data-part');
    assert.equal(context.parts.find((part) => part.id === id)?.state, state);
  }
  await row.getByRole('button', { name: /^Leave out/ }).waitFor();
}

/** What a conversation looks like that has outgrown its room. */
const longConversation = {
  budget: 8_000,
  used: 5_150,
  reserved: 1_900,
  refusal: 'The pinned card "Whole log" has no room in a prompt of 8000 tokens. Unpin it, or shorten the pinned cards.',
  condensing: { state: 'waiting', reason: null },
  parts: [
    {
      id: 'rules',
      kind: 'rules',
      title: 'Rules for the assistant',
      tokens: 420,
      pinned: true,
      state: 'included',
      text: 'You help.',
    },
    { id: 'card:1', kind: 'card', title: 'House rules', tokens: 350, pinned: true, state: 'included' },
    {
      id: 'card:2',
      kind: 'card',
      title: 'Whole log',
      tokens: 9_400,
      pinned: true,
      state: 'omitted',
      reason: 'There is no room for it.',
    },
    {
      id: 'attachment:1',
      kind: 'attachment',
      title: 'trace.txt',
      tokens: 800,
      pinned: false,
      state: 'shortened',
      reason: 'Only its beginning has room.',
    },
    {
      ...{ id: 'condensation:1', kind: 'condensation', title: '2 earlier messages, condensed', tokens: 180 },
      ...{
        pinned: false,
        state: 'included',
        text: 'The list loses its last entry when it is paged. It was agreed to keep the limit.',
      },
      stands: {
        ...{ count: 2, tokens: 2_600 },
        messages: [
          { id: '00000000-0000-7000-8000-000000000001', role: 'user', title: 'Where is the last to-do gone?' },
          { id: '00000000-0000-7000-8000-000000000002', role: 'assistant', title: 'It is cut off by the limit' },
        ],
      },
    },
    { id: 'turn:3', kind: 'turn', title: 'And with a cursor?', tokens: 1_400, pinned: false, state: 'included' },
    {
      id: 'turn:4',
      kind: 'turn',
      title: 'Never mind the cursor',
      tokens: 2_000,
      pinned: false,
      state: 'dropped',
      reason: 'Left out by a member.',
    },
    { id: 'turn:5', kind: 'turn', title: 'What is left then?', tokens: 2_000, pinned: false, state: 'included' },
  ],
};

async function globex(visitor: { ask: <T>(method: 'GET', path: string) => Promise<T> }): Promise<string> {
  const { items } = await visitor.ask<{ items: { owner: string; name: string }[] }>(
    'GET',
    '/api/github/repositories?query=globex&limit=5',
  );
  const [first] = items;
  if (!first) throw new Error('There is no repository of globex.');
  return first.name;
}
