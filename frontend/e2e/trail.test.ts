import assert from 'node:assert/strict';
import { play } from './support/stage.ts';
import { lengthenTrail } from './support/trail.ts';

const count = 20_000;

play(
  'a trail of 20,000 entries is scrolled to its end and back, and only what is seen is there',
  async ({ another }) => {
    const { product, visit } = await another();
    const auditor = await visit({ as: 'auditor' });
    const { page } = auditor;
    await lengthenTrail(product, count);
    await auditor.goto('/audit');
    const list = page.getByRole('listbox', { name: 'Entries, newest first' });
    const rows = list.getByRole('option');
    await rows.filter({ hasText: `number ${count}` }).waitFor();
    // Reading the trail is on it, too.
    await page.getByText(/^20,0\d\d entries$/).waitFor();

    let requests = 0;
    page.on('request', (request) => {
      if (request.url().includes('/api/audit/entries')) requests += 1;
    });
    await list.evaluate((box) => (box.scrollTop = box.scrollHeight));
    await rows.filter({ hasText: 'user.create' }).last().waitFor();
    assert.ok((await rows.count()) < 80, 'too many rows are drawn');
    await list.press('Home');
    await rows.filter({ hasText: `number ${count}` }).waitFor();
    assert.ok(requests <= 6, `${requests} requests for two places`);
  },
);
