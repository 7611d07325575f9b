import type { ApiClient } from '../support/index.js';
import { waitFor } from '../support/index.js';
import {
  ask,
  expected,
  type ListOf,
  type MessageView,
  openReadSession,
  readSession,
  startWorkspace,
  type Workspace,
} from './workspace.js';

interface Lines {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly commit: string;
}

interface Standing {
  readonly path: string;
  readonly stale: boolean;
  readonly now?: Lines;
}

const TOTAL = [
  'export function totalOfPrices(prices) {',
  '  return prices.reduce((sum, price) => sum + price, 0);',
  '}',
];
const file = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

let workspace: Workspace;
let member: ApiClient;
let base: string;
let first: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  await workspace.repository('prices', { 'src/money.js': file(...TOTAL) });
  member = await workspace.as('member');
  const { id, index } = await openReadSession(member, 'prices');
  base = `/api/sessions/${id}`;
  first = index.commit ?? '';
  await ask(member, id, 'How is the total of prices computed?');
  const wish = { path: 'src/money.js', startLine: 1, endLine: 3, commit: first };
  await expected(201, member.post(`${base}/cards`, wish));
}, 120_000);
afterAll(() => workspace.stop());

/** Somebody pushes; @returns the commit once it is searched. */
async function push(files: Readonly<Record<string, string | null>>): Promise<string> {
  const id = base.split('/').at(-1) ?? '';
  const { index: before } = await readSession(member, id);
  await workspace.forge('repositories/acme/prices/commits', { branch: 'main', message: 'Change', files });
  await expected(202, member.post(`${base}/index`));
  return waitFor('the newer commit', async () => {
    const { index } = await readSession(member, id);
    return index.status === 'ready' && index.commit !== before.commit ? (index.commit ?? undefined) : undefined;
  });
}

/** What the answer cites and what the card quotes of `src/money.js`. */
async function standings(): Promise<Standing[]> {
  const { items: messages } = await expected(200, member.get<ListOf<MessageView>>(`${base}/messages`));
  const { items: cards } = await expected(200, member.get<ListOf<Standing>>(`${base}/cards`));
  const cited = messages.flatMap(({ retrieval }) => retrieval?.citations ?? []) as unknown as Standing[];
  expect(cited).toHaveLength(1);
  return [...cited, ...cards];
}

async function textOf({ path, commit, startLine, endLine }: Lines): Promise<string> {
  const query = new URLSearchParams({ path, commit, startLine: String(startLine), endLine: String(endLine) });
  return (await expected(200, member.get<{ text: string }>(`${base}/files/content?${query.toString()}`))).text;
}

it('lines that stand where they were cited are not stale', async () => {
  expect((await standings()).map(({ stale }) => stale)).toEqual([false, false]);
  await push({ 'README.md': 'Prices.\n' });
  expect((await standings()).map(({ stale, now }) => [stale, now])).toEqual([
    [false, undefined],
    [false, undefined],
  ]);
});

it('lines that were moved are stale, and found again where they are; the commit that was cited still has them', async () => {
  const commit = await push({ 'src/money.js': file('// Money', 'export const currency = "EUR";', '', ...TOTAL) });
  for (const { stale, now } of await standings()) {
    expect([stale, now]).toEqual([true, { path: 'src/money.js', startLine: 4, endLine: 6, commit }]);
    expect(now && (await textOf(now))).toBe(TOTAL.join('\n'));
  }
  expect(await textOf({ path: 'src/money.js', startLine: 1, endLine: 3, commit: first })).toBe(TOTAL.join('\n'));
});

it('are followed into another file only when the file itself was renamed', async () => {
  const whole = file(...TOTAL);
  const commit = await push({ 'src/money.js': null, 'src/sums.js': whole });
  expect((await standings()).map(({ now }) => now)).toEqual(
    Array.from({ length: 2 }, () => ({ path: 'src/sums.js', startLine: 1, endLine: 3, commit })),
  );
});

it('lines that are no more stay stale, and no other place is named for them', async () => {
  await push({ 'src/sums.js': null, 'src/money.js': file('', ...TOTAL.slice(0, 1), '  return 0;', '}') });
  expect((await standings()).map(({ stale, now }) => [stale, now])).toEqual([
    [true, undefined],
    [true, undefined],
  ]);
});

it('who may not read the repository any more is told nothing of it', async () => {
  const place = `path=src/money.js&commit=${first}&startLine=1&endLine=3`;
  await workspace.forge('permissions', { login: 'member', repository: 'acme/prices', permission: 'none' });
  await waitFor('the loss of the right', async () => (await member.get(`${base}/messages`)).status !== 200);
  const answers = await Promise.all(
    ['messages', 'cards', `files/content?${place}`].map((path) => member.get(`${base}/${path}`)),
  );
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain('money');
});
