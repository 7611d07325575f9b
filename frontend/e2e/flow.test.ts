import { journey, leave } from './support/journey.ts';
import { play } from './support/stage.ts';

// On a phone: trust.test.ts.
play('from a question to a pull request, on a desktop', async ({ visit, product }) => {
  const visitor = await visit();
  const { page } = visitor;
  const title = 'The last page, on a desktop';
  const session = await journey(visitor, product, title);

  // The address is the state: a reload and the way back show the same.
  await page.reload();
  await page.getByRole('heading', { name: /^Mended/ }).waitFor();
  await page.getByRole('link', { name: 'Back to the session' }).click();
  await page.waitForURL(`${session}?tab=solves`);
  await leave(visitor, title);
});
