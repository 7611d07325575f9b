import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { play } from './support/stage.ts';
import { lengthenTrail } from './support/trail.ts';

const count = 20_000;

play(
  'a trail of 20,000 entries is scrolled to its end and back, searched, and found to be broken',
  async ({ another }) => {
    const { product, visit } = await another();
    const auditor = await visit({ as: 'auditor' });
    const { page } = auditor;
    const last = await lengthenTrail(product, count);
    await auditor.goto('/audit');
    const list = page.getByRole('listbox', { name: 'Entries, newest first' });
    const rows = list.getByRole('option');
    await rows.filter({ hasText: `number ${count}` }).waitFor();
    // Reading the trail is on it, too.
    await page.getByText(/^20,0\d\d entries$/).waitFor();

    // To the end by dragging the bar, back by a key, to the middle by its number: only what is seen is there.
    const requests = countRequests(page);
    await list.evaluate((box) => (box.scrollTop = box.scrollHeight));
    await rows.filter({ hasText: 'user.create' }).last().waitFor();
    assert.ok((await rows.count()) < 80, 'too many rows are drawn');
    await list.press('Home');
    await rows.filter({ hasText: `number ${count}` }).waitFor();
    assert.ok(requests() <= 6, `${requests()} requests for three places`);

    // Screen by screen through more than a thousand rows: never more of them than are seen, and each page asked for once.
    const before = requests();
    const most = await scrollThrough(page);
    assert.ok(most < 80, `${most} rows were drawn`);
    assert.ok(requests() - before <= 20, `${requests() - before} requests for 14 pages`);

    // To a time, by the clock.
    const at = new Date(Date.now() - 5_000 * 60_000).toISOString().slice(0, 16);
    await page.getByLabel('Go to').fill(at);
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await rows
      .filter({ hasText: /number 1499[5-9]|number 1500\d/ })
      .first()
      .waitFor();

    // One entry by its address, the ones around it by keys.
    await auditor.goto(`/audit?entry=${last + 7_777}`);
    const entry = page.getByRole('complementary', { name: 'Entry' });
    await entry.getByText('number 7777').first().waitFor();
    await list.getByRole('option', { selected: true }).filter({ hasText: 'number 7777' }).waitFor();
    await list.press('ArrowDown');
    await entry.getByText('number 7776').first().waitFor();
    assert.equal(new URL(page.url()).searchParams.get('entry'), String(last + 7_776));
    await entry.getByRole('button', { name: 'Copy as JSON' }).click();
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as { seq: number };
    assert.equal(copied.seq, last + 7_776);
    await page.keyboard.press('Escape');
    await entry.waitFor({ state: 'detached' });

    // What a filter leaves comes page by page.
    await page.getByRole('combobox', { name: 'Result' }).selectOption('denied');
    await page.getByText('More than 100 entries match').waitFor();
    await list.evaluate((box) => (box.scrollTop = box.scrollHeight));
    await page.getByText('More than 200 entries match').waitFor();
    await auditor.look('audit long-filtered', ['desktop']);

    // Nobody sealed these: the verification names the first of them, and leads there.
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(`The trail is broken at entry ${last + 1}`).waitFor({ timeout: 60_000 });
    await auditor.look('audit broken');
    await page.getByRole('button', { name: `Open entry ${last + 1}`, exact: true }).click();
    await entry.getByRole('heading', { name: `Entry ${last + 1}` }).waitFor();
    await page.getByRole('button', { name: 'Dismiss the result' }).click();

    await auditor.goto(`/audit?entry=${last + count + 5}`);
    await page.getByText(`There is no entry ${last + count + 5}`).waitFor();
    await auditor.look('audit no-such-entry');
  },
);

function countRequests(page: Page): () => number {
  let seen = 0;
  page.on('request', (request) => {
    if (request.url().includes('/api/audit/entries')) seen += 1;
  });
  return () => seen;
}

/** Scrolls on, frame by frame; the most rows that were drawn at once. */
const scrollThrough = (page: Page): Promise<number> =>
  page.getByRole('listbox').evaluate(async (box) => {
    let most = 0;
    for (let turn = 0; turn < 120; turn++) {
      box.scrollTop += 400;
      await new Promise(requestAnimationFrame);
      most = Math.max(most, box.querySelectorAll('[role=option]').length);
    }
    return most;
  });
