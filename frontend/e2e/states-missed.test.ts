import type { Page } from 'playwright-core';
import { play } from './support/stage.ts';
import { makeSession } from './support/work.ts';

play(
  'a server that goes away takes no page with it: what cannot be loaded says so and can be loaded again',
  async ({ visit }) => {
    const visitor = await visit({ as: 'member' });
    const { page } = visitor;
    visitor.expect(/ERR_|Failed to load resource/);
    const session = await makeSession(visitor, 'Parts that are missed');

    await visitor.goto(`/s/${session}?tab=issues`);
    const partsBack = await withoutParts(page);
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByText('This part of the page could not be loaded').waitFor();
    await visitor.look('panel part-missed');
    await partsBack();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Code', exact: true }).waitFor();

    const pagesBack = await withoutParts(page);
    await page.getByRole('link', { name: 'Settings' }).click();
    const notice = page.getByText('This could not be loaded');
    await notice.waitFor();
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await visitor.look('frame page-missed');
    await page.goto('/settings');
    await page.getByText('This page could not be loaded').waitFor();
    await visitor.look('frame first-page-missed');
    await pagesBack();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  },
);

/** Every module but those that a visit begins with: the ones that the document names, and what they name. */
async function withoutParts(page: Page): Promise<() => Promise<void>> {
  const first = await (await page.request.get('/')).text();
  const parts = (url: URL): boolean =>
    /\/chunk-[^/]+\.js$/.test(url.pathname) && !first.includes(url.pathname.slice(1));
  await page.route(parts, (route) => route.abort('connectionrefused'));
  return () => page.unroute(parts);
}
