import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { Bait, harmIn } from './support/bait.ts';
import { hostileTexts, markOf, marked } from './support/hostile.ts';
import { play } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';
import { makeDraft, makeSession, solveIs } from './support/work.ts';

const hostileName = '<img src=x onerror=pwned(2)>\u202Egpj.js';

play('hostile texts are shown, and nothing of them runs, loads or leads astray', async ({ visit, product }) => {
  const bait = await Bait.lay();
  try {
    const texts = hostileTexts(bait.host);
    assert.ok(texts.length >= 60);
    const blocks = marked(texts);
    const everything = blocks.join('\n\n---\n\n');
    await showsItself(await visit());
    const visitor = await visit({ as: 'member' });
    await bait.watch(visitor.page, product.url);
    // That all of a text is there, and as it was written.
    const marks = ['<script>pwned(1)</script>', '<svg onload=pwned(1)>', '<!-->', ...texts.map((_, at) => markOf(at))];
    const shown: Shown = (where, parts) => holds(visitor.page, where, parts, marks);

    for (let at = 0; at < blocks.length; at += 25) await conversation(visitor, blocks.slice(at, at + 25));
    const session = await makeSession(visitor, 'Hostile texts');
    await product.modelSays('Say what you have read', [{ text: everything }]);
    await visitor.goto(`/s/${session}`);
    await visitor.page.getByRole('textbox', { name: 'Message' }).fill('Say what you have read.');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.getByText(marks.at(-1) ?? '').waitFor({ timeout: 60_000 });
    await visitor.page.locator('app-message-item [aria-busy=true]').waitFor({ state: 'detached' });
    await shown('an answer as it is streamed', 'app-message-item .body');

    const issue = await issueText(visitor, session, everything, shown);
    await product.modelSays('HOSTILE-RUN', [
      { text: everything, tool: { name: 'bash', argument: { command: writing(everything) } } },
      {
        text: everything,
        tool: { name: 'submit', argument: { outcome: 'solved', summary: everything.slice(0, 4_000) } },
      },
    ]);
    await solving(visitor, session, issue, shown);

    await product.makeRepository('acme/hostile', texts[2] ?? '', {
      'README.md': everything,
      [hostileName]: everything,
    });
    await repository(visitor, shown);
    // What would be loaded late has had its time.
    await visitor.page.waitForTimeout(500);
    assert.deepEqual(bait.noticed, [], 'A hostile text has loaded or run something.');
  } finally {
    bait.close();
  }
});

/** The same texts on a page without our guards: what this test looks for can be seen, by the same means. */
async function showsItself(visitor: Visitor): Promise<void> {
  visitor.expect(/^/);
  const control = await Bait.control(hostileTexts);
  try {
    await control.watch(visitor.page, 'http://nowhere.test');
    await visitor.page.goto(control.host);
    await visitor.page.waitForTimeout(500);
    const kinds = [...new Set(control.noticed.map(({ kind }) => kind))].sort();
    assert.deepEqual(kinds, ['answered', 'dialog', 'download', 'frame', 'policy', 'request', 'script', 'window']);
    assert.ok(control.live.size >= 25, `Only ${control.live.size} texts do harm where nothing guards.`);
    // In one breath: some of them leave the page.
    const html = JSON.stringify(hostileTexts(control.host).join(''));
    const harm = await visitor.page.evaluate<string[]>(
      `document.body.innerHTML = ${html}; (${String(harmIn)})('body')`,
    );
    for (const kind of ['<script', '<img', '<svg', '<iframe', '<a href="javascript:', 'ontoggle', '<form', 'style='])
      assert.ok(
        harm.some((found) => found.includes(kind)),
        `${kind} was not seen.`,
      );
  } finally {
    control.close();
  }
}

type Shown = (where: string, parts: string) => Promise<void>;

/** All texts are on the page, and what they became is harmless. */
async function holds(page: Page, where: string, parts: string, marks: readonly string[]): Promise<void> {
  const text = (await page.locator(parts).allTextContents()).join('\n');
  const missing = marks.filter((mark) => !text.includes(mark));
  assert.deepEqual([missing, (await page.evaluate(harmIn, parts)).slice(0, 10)], [[], []], where);
}

/** Messages of people and of the model, and cards, as a session brings them in; as many as are on its first page. */
async function conversation(visitor: Visitor, blocks: readonly string[]): Promise<void> {
  const { page } = visitor;
  const createdAt = '2026-01-02T03:04:05.000Z';
  const messages = blocks.flatMap((text, n) => [
    { id: `q${n}`, parentId: n ? `a${n - 1}` : null, role: 'user', status: 'complete', createdAt, text },
    { id: `a${n}`, parentId: `q${n}`, role: 'assistant', status: 'complete', createdAt, text },
  ]);
  const cards = blocks.map((content, n) => ({ id: `c${n}`, title: content.slice(0, 180), content, source: 'chat' }));
  const title = '<b onclick=pwned(3)>{{title}}</b>';
  const { id } = await visitor.ask<{ id: string }>('POST', '/api/sessions/import', {
    ...{ format: 'yudai.session', version: 1, messages, cards },
    session: { owner: 'acme', repo: 'todo-api', branch: 'main', title, activeLeafId: messages.at(-1)?.id },
  });
  await visitor.goto(`/s/${id}?tab=context`);
  await page
    .getByRole('article')
    .nth(messages.length - 1)
    .waitFor();
  await page
    .locator('app-card-item')
    .nth(cards.length - 1)
    .waitFor();
  const marks = blocks.map((block) => block.slice(0, markOf(0).length));
  await holds(page, 'messages', 'app-message-item .body', marks);
  await holds(page, 'cards', 'app-card-item :is(h3, .content)', marks);
}

/** A draft while it is written, as GitHub will show it, and in the list of what GitHub has. */
async function issueText(visitor: Visitor, session: string, body: string, shown: Shown): Promise<string> {
  const { page } = visitor;
  const issue = await makeDraft(visitor, session);
  const title = 'HOSTILE <img src=x onerror=pwned(4)> {{1+1}}';
  await visitor.ask('PATCH', `/api/issues/${issue}`, { title, body });
  await visitor.goto(`/s/${session}/issues/${issue}`);
  const parts = '[aria-label="How it reads"] app-markdown';
  await page.locator(`${parts} .prose`).first().waitFor();
  await shown('a draft', parts);
  const written = await linksIn(page, parts);
  await page.getByRole('tab', { name: 'As on GitHub' }).click();
  await page.locator('app-rendered .prose a').first().waitFor();
  await shown('a preview', 'app-rendered .prose');
  assert.deepEqual(await linksIn(page, 'app-rendered .prose'), written, 'Server and client make different links.');
  await visitor.ask('POST', `/api/issues/${issue}/publish`);
  await page.goto(`/s/${session}?tab=issues`);
  await page.getByRole('button', { name: 'From GitHub' }).click();
  await page.getByRole('dialog').getByText('HOSTILE').first().waitFor();
  await page.keyboard.press('Escape');
  return issue;
}

/** A run with its terminal, diff and everything else that is kept of it. */
async function solving(visitor: Visitor, session: string, issue: string, shown: Shown): Promise<void> {
  const { page } = visitor;
  const { id } = await visitor.ask<{ id: string }>('POST', `/api/issues/${issue}/solves`, {
    instructions: 'HOSTILE-RUN',
  });
  await solveIs(visitor, id, ['completed', 'unverified', 'failed']);
  await visitor.goto(`/s/${session}/solves/${id}`);
  await page.locator('app-step-list li').first().click();
  await page.locator('.thought .prose').first().waitFor();
  await shown('a thought', '.thought');
  const terminal = page.locator('app-terminal-view [role=log]');
  const lines: string[] = [];
  for (let top = 0; top <= (await terminal.evaluate((log) => log.scrollHeight)); top += 300) {
    await terminal.evaluate((log, to) => log.scrollTo({ top: to }), top);
    await page.waitForTimeout(30);
    lines.push(...(await page.locator('app-terminal-line').allInnerTexts()));
    assert.deepEqual(await page.evaluate(harmIn, 'app-terminal-line'), [], 'a terminal');
  }
  const output = lines.join('\n');
  const expected = ['⟨U+202E⟩', '<svg onload', ...hostileTexts('').map((_, at) => markOf(at))];
  assert.deepEqual(
    expected.filter((text) => !output.includes(text)),
    [],
    'The terminal did not show all texts.',
  );
  await page.getByRole('tab', { name: /^Diff/ }).click();
  await page.locator('app-diff-file').nth(1).waitFor();
  await page.locator('app-diff-file .hljs-tag, app-diff-file .hljs-name').first().waitFor();
  await shown('a diff', 'app-diff-file :is(.path, code)');
  for (const tab of ['Tests', 'Timeline'] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await page.locator(`app-${tab.toLowerCase()}-tab`).first().waitFor();
  }
  await page.getByRole('tab', { name: 'Trajectory' }).click();
  await page.locator('app-trajectory-tab details').first().waitFor();
  await shown('a trajectory', 'app-trajectory-tab :is(.head, pre)');
}

/** A repository whose description, names of files and texts are hostile. */
async function repository(visitor: Visitor, shown: Shown): Promise<void> {
  const { page } = visitor;
  await visitor.goto('/new');
  await page.getByRole('combobox', { name: 'Repository' }).fill('hostile');
  await page.getByRole('option', { name: /acme\/hostile/ }).waitFor();
  const session = await makeSession(visitor, 'Hostile repository', 'acme/hostile');
  await visitor.goto(`/s/${session}?tab=files&file=README.md`);
  await page.locator('app-code-line .hljs-bullet, app-code-line .hljs-link').first().waitFor();
  await shown('a file', 'app-code-line code');
  await visitor.goto(`/s/${session}?tab=files`);
  await page.getByRole('treeitem', { name: '⟨U+202E⟩gpj.js' }).waitFor();
}

/** Where the links of a part lead, and what they say. */
const linksIn = (page: Page, parts: string): Promise<string[]> =>
  page
    .locator(`${parts} a`)
    .evaluateAll((links) => links.map((link) => `${link.textContent} ${(link as HTMLAnchorElement).href}`));

/** A command that leaves a text in files of several kinds and prints it, as bytes that are not UTF-8 too. */
function writing(text: string): string {
  const encoded = Buffer.from(text).toString('base64');
  return [
    `printf %s '${encoded}' | base64 -d > hostile.html`,
    `cp hostile.html hostile.md && cp hostile.html '${hostileName}'`,
    `cat hostile.html; printf '\\377\\376\\200 \\033]8;;https://evil.test\\007x\\033]8;;\\007\\n'`,
  ].join('\n');
}
