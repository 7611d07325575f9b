import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Product } from './product.ts';
import { forgetSignIn, type Visitor } from './visitor.ts';

const minute = 60_000;

/** A tab of the session: beside the conversation, or over it on a phone. */
const tab = (page: Page, name: RegExp): Locator =>
  page.getByRole('tablist', { name: 'Parts of the session' }).last().getByRole('tab', { name });

/**
 * Everything that the product is for, as a person does it: from signing in to a pull request, of what is called by a title.
 * @returns the path of the session
 */
export async function journey(visitor: Visitor, product: Product, title: string): Promise<string> {
  const { page } = visitor;
  // Sign in, as a person does.
  await visitor.goto('/');
  await page.waitForURL(/\/sign-in$/);
  await page.getByRole('link', { name: 'Sign in with GitHub' }).click();
  await page.waitForURL(`${product.forgeUrl}/**`);
  await page.getByRole('link', { name: /^member/ }).click();
  await page.getByRole('heading', { name: 'Sessions', level: 1 }).waitFor();

  // Pick a repository out of more than one page of them, and only of those that member may see.
  await page.getByRole('link', { name: 'New session' }).first().click();
  const repositories = page.getByRole('listbox', { name: 'Repository' });
  const options = repositories.getByRole('option');
  await options.first().waitFor();
  const firstPage = await options.count();
  await options.last().scrollIntoViewIfNeeded();
  await page.waitForFunction((count) => document.querySelectorAll('[role=option]').length > count, firstPage);
  assert.equal(await options.filter({ hasText: 'globex/' }).count(), 0, 'member sees what is not theirs');
  await page.getByRole('combobox', { name: 'Repository' }).fill('todo-api');
  await repositories.getByRole('option', { name: 'acme/todo-api' }).click();
  const branches = page.getByRole('listbox', { name: 'Branch' });
  await branches.getByRole('option', { name: /^main\b/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(title);
  await page.getByRole('button', { name: 'Start on main' }).click();
  await page.waitForURL(/\/s\/[0-9a-f-]{36}$/);
  const session = new URL(page.url()).pathname;

  // Watch it being indexed.
  const index = page.getByRole('link', { name: 'State of the index' });
  await index.filter({ hasText: 'Indexed' }).waitFor({ timeout: 3 * minute });

  // Ask, and read an answer that cites lines; the first citation opens the file there.
  await page
    .getByRole('textbox', { name: 'Message' })
    .fill('The last to-do is missing when I read the list page by page. Where is the next page decided?');
  await page.keyboard.press('Enter');
  const answer = page.getByRole('article').last();
  const sources = answer.getByRole('list', { name: 'Sources' });
  await sources.waitFor({ timeout: minute });
  await answer.and(page.locator('[aria-busy=false]')).waitFor({ timeout: minute });
  await sources.getByRole('link').first().click();
  await page.waitForURL(/file=.*lines=/);
  const [first, last] = (new URL(page.url()).searchParams.get('lines') ?? '').split('-').map(Number);
  const marked = page.locator('app-code-line.marked');
  await marked.first().waitFor();
  assert.equal(await marked.count(), (last ?? first ?? 0) - (first ?? 0) + 1);
  assert.ok(await marked.first().evaluate(inView), 'the cited lines are out of sight');
  await page.goBack();
  await marked.first().waitFor({ state: 'detached' });

  // Keep the answer as a card.
  await answer.hover();
  await answer.getByRole('button', { name: 'Make a card of this message' }).click();
  await page.getByText('is in the context now').waitFor();
  await tab(page, /^Context/).click();
  const cards = page.getByRole('list', { name: 'Cards' }).getByRole('listitem');
  await cards.first().waitFor();
  assert.equal(await cards.count(), 1);

  // Draft an issue from it all, edit it, look at it as GitHub will get it, publish it.
  await tab(page, /^Issues/).click();
  await page.getByRole('button', { name: 'Draft an issue', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Draft the issue' }).click();
  await page.waitForURL(/\/issues\/[0-9a-f-]{36}/);
  const name = page.getByRole('textbox', { name: 'Title', exact: true });
  await name.waitFor({ timeout: minute });
  const edited = `The last to-do is missing. ${title}`;
  await name.fill(edited);
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved/ })
    .waitFor();
  await page.getByRole('tab', { name: 'As on GitHub' }).click();
  await page.getByRole('heading', { name: edited, level: 2 }).last().waitFor();
  await page.getByRole('button', { name: /^Publish/ }).click();
  const sent = page.getByRole('alertdialog');
  await sent.getByRole('heading', { name: edited }).waitFor();
  await sent.getByRole('button', { name: 'Publish to acme/todo-api' }).click();
  const published = page.getByRole('link', { name: /^acme\/todo-api#\d+/ });
  await published.waitFor({ timeout: minute });
  const onGithub = await page.request.get((await published.getAttribute('href')) ?? '');
  assert.ok((await onGithub.text()).includes(edited), 'GitHub shows another title');

  // Let it be solved, and watch it command by command.
  await page.getByRole('button', { name: 'Start a solve' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start the solve' }).click();
  await page.waitForURL(/\/solves\/[0-9a-f-]{36}/);
  await page
    .locator('app-step-list li')
    .nth(1)
    .waitFor({ timeout: 2 * minute });
  await page.locator('app-terminal-view').first().waitFor();
  await page
    .locator('app-solve-bar')
    .getByText('Completed')
    .waitFor({ timeout: 4 * minute });
  assert.ok((await page.locator('app-step-list li').count()) >= 8, 'fewer steps than were recorded');

  // Read the diff and the tests, open the pull request.
  await page.getByRole('tab', { name: /^Diff/ }).click();
  await page.locator('app-diff-file').first().waitFor();
  await page.getByRole('tab', { name: 'Tests' }).click();
  await page.getByRole('heading', { name: /^Mended/ }).waitFor();
  await page.getByRole('button', { name: 'Open pull request' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Open in acme/todo-api' }).click();
  const pull = page.getByRole('link', { name: /^Pull request #\d+/ });
  await pull.waitFor({ timeout: minute });
  const change = await page.request.get((await pull.getAttribute('href')) ?? '');
  assert.equal(change.status(), 200);
  return session;
}

/** Signs out: nothing of the session is left behind, not even by the way back. */
export async function leave({ page }: Visitor, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Signed in as member' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in$/);
  await page.goBack();
  await page.getByRole('link', { name: 'Sign in with GitHub' }).waitFor();
  assert.equal((await page.content()).includes(title), false);
  forgetSignIn('member');
}

/** Runs in the page: whether an element can be seen without scrolling. */
function inView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight;
}
