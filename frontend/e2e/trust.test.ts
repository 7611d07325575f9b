import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Listener, secretsOf } from './support/canaries.ts';
import { type Evidence, formsOf, gather, holders, inBrowser, leaks } from './support/evidence.ts';
import { journey, leave } from './support/journey.ts';
import type { Product } from './support/product.ts';
import { play } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';
import { adopt, converse, makeSession, question, solveIs, until } from './support/work.ts';

/** Run by the solver: everything that it could learn of its surroundings. */
const environment =
  'cat /proc/self/environ /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n" | sort -u | cut -c1-300; env | sort';

play(
  'from a question to a pull request, on a phone, and on through crashes: no secret is anywhere but where it belongs',
  async ({ visit, product }) => {
    const visitor = await visit({ size: 'phone' });
    const listener = new Listener(visitor.page, product);
    const word = `harmless-${randomUUID()}`;
    const title = `On a phone, ${word}`;
    const path = await journey(visitor, product, title);
    await listener.noteCookies();
    const secrets = await secretsOf(product);
    const pages: Evidence[] = [await inBrowser(visitor.page)];

    // The api is killed under the pages.
    visitor.expect(/50\d|404|ERR_|Failed to load/);
    await failures(visitor, product, word);
    const solve = await surroundings(visitor, product, `Seen by ${word}`);
    product.killProcess('worker');
    const stranger = await visit();
    const other = new Listener(stranger.page, product);
    stranger.expect(/50\d|40\d|ERR_/);
    // The worker that comes back reads the repository, and GitHub repeats what it was sent.
    await product.forgeFault({ kind: 'telltale', match: 'git-upload-pack' });
    await product.makeRepository('acme/telltale', word, { 'README.md': `# ${word}` });
    await makeSession(visitor, 'Where secrets are', 'acme/telltale');
    await product.without('github_tokens', () => signInTo(stranger));
    await product.without('logins', async () => assert.ok((await statusOf(visitor, '/api/auth/me')) >= 500));
    await signInTo(stranger);
    await other.noteCookies();
    await product.modelFault({ kind: 'slow', ms: 300 });
    const session = path.replace('/s/', '');
    await visitor.ask('POST', `/api/sessions/${session}/messages`, { text: question, clientMessageId: randomUUID() });
    product.killProcess('api');
    await until('the api', () => isUp(product), Boolean);
    await solveIs(visitor, solve, ['completed', 'unverified', 'failed', 'cancelled']);
    await visitor.goto(path);
    await visitor.page.getByRole('article').last().waitFor();
    await visitor.page.getByRole('textbox', { name: 'Message' }).fill(`Not sent, ${word}`);
    await visitor.page.reload();
    pages.push(await inBrowser(visitor.page), await inBrowser(stranger.page));

    const evidence = new Map([
      ...(await gather(product)),
      ...pages.flatMap((page, at) => [...page].map(([place, text]) => [`${place} ${at}`, text] as const)),
      ...listener.answers,
      ...[...other.answers].map(([place, text]) => [`other ${place}`, text] as const),
    ]);
    for (const [name, secret] of [...secrets, ...(await secretsOf(product)), ...listener.secrets, ...other.secrets]) {
      assert.ok(secret.length >= 16, `${name} is not known.`);
      secrets.set(name, secret);
    }
    showsItself(evidence, word);
    assert.deepEqual(leaks(evidence, secrets), []);
    await visitor.goto('/');
    await leave(visitor, title);
  },
);

/** A word that may be everywhere is found everywhere, and in each writing: so would a secret be. */
function showsItself(evidence: Evidence, word: string): void {
  for (const form of formsOf(word))
    assert.ok(holders(evidence, form).includes('table messages'), `${form} was not seen.`);
  const found = holders(evidence, word);
  const places = [
    'file logs/api.log',
    'table audit_entries',
    'table solve_events',
    'redis',
    'prompts',
    'storage',
    'page',
  ];
  for (const place of [...places, 'answer'])
    assert.ok(
      found.some((name) => name.startsWith(place)),
      `The word was not seen in ${place}: ${found.join(', ')}`,
    );
}

/** GitHub and the model repeat what they were sent, to somebody who asks; a word stands where it may. */
async function failures(visitor: Visitor, product: Product, word: string): Promise<void> {
  await statusOf(visitor, `/api/sessions/${word}`);
  await product.forgeFault({ kind: 'telltale', match: '^GET /repos/acme/todo-api/labels', times: 9 });
  const status = await statusOf(visitor, '/api/github/repositories/acme/todo-api/labels');
  assert.ok(status >= 500, `GitHub's failure was not noticed: ${status}`);
  await product.noFaults();
  const session = await makeSession(visitor, `Failures, ${word}`);
  await product.modelFault({ kind: 'telltale' });
  const text = [...formsOf(word)].join(' ');
  await converse(visitor, session, text);
  await converse(visitor, session, text);
}

/** A solve that has just shown its environment, and goes on. */
async function surroundings(visitor: Visitor, product: Product, said: string): Promise<string> {
  await product.modelSays('SHOW-SURROUNDINGS', [
    {
      text: 'Look around.',
      tool: { name: 'bash', argument: { command: `${environment}; echo ${said} $((6 * 7)) times` } },
    },
    { text: 'Wait.', tool: { name: 'bash', argument: { command: 'sleep 4' } } },
    { text: 'Done.', tool: { name: 'submit', argument: { outcome: 'gave_up', summary: 'Seen enough.' } } },
  ]);
  const issue = await adopt(visitor, await makeSession(visitor, 'Surroundings'), 4);
  const { id } = await visitor.ask<{ id: string }>('POST', `/api/issues/${issue}/solves`, {
    instructions: 'SHOW-SURROUNDINGS',
  });
  const events = async (): Promise<string> => {
    const address = `/api/solves/${id}/events?limit=200`;
    return (await visitor.page.request.get(address, { headers: { Accept: 'application/json' } })).text();
  };
  await until('the environment of the solver', events, (text) => text.includes(`${said} 42 times`));
  return id;
}

const statusOf = (visitor: Visitor, address: string): Promise<number> =>
  visitor.page.evaluate(async (url) => (await fetch(url)).status, address);

async function signInTo({ page }: Visitor): Promise<void> {
  await page.goto('/api/auth/login?login=auditor&returnTo=/').catch(() => undefined);
  await page.waitForLoadState();
}

async function isUp(product: Product): Promise<boolean> {
  return fetch(`${product.url}/api/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}
