import { countTokens } from '../../src/platform/llm/tokenizer.js';
import { RedisClient } from '../../src/platform/redis/redis.module.js';
import { type ApiClient, waitFor } from '../support/index.js';
import type { ContextView, Part } from './context-view.js';
import {
  ask,
  ended,
  expected,
  type ListOf,
  type MessageView,
  openReadSession,
  type Refusal,
  say,
  type SessionView,
  startWorkspace,
  type Workspace,
} from './workspace.js';

interface Request {
  readonly max_tokens: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** Small, so that a conversation outgrows it soon. */
const WINDOW = 4_000;
const CONDENSING = 'You condense the older part';

let workspace: Workspace;
let member: ApiClient;

beforeAll(async () => {
  workspace = await startWorkspace({ env: { LLM_CONTEXT_TOKENS: String(WINDOW) } });
  await workspace.repository('tides', {
    'src/tide.js': 'export const tide = (moon) => moon * 2;\n',
    'README.md': '# Tides\n',
  });
  member = await workspace.as('member');
}, 180_000);
afterEach(() => fetch(`${workspace.stack.modelUrl}/_model/faults`, { method: 'DELETE' }));
afterAll(() => workspace.stop());

const contextOf = (id: string): Promise<ContextView> =>
  expected(200, member.get<ContextView>(`/api/sessions/${id}/context`));

async function requests(): Promise<readonly Request[]> {
  const answer = await fetch(`${workspace.stack.modelUrl}/_model/ledger`);
  const { items } = (await answer.json()) as { items: { body: Request | null }[] };
  return items.flatMap(({ body }) => (body?.messages ? [body] : []));
}

const isCondensing = ({ messages }: Request): boolean => messages[0]?.content.startsWith(CONDENSING) === true;
const saysFirst = ({ messages }: Pick<Request, 'messages'>): boolean =>
  messages.some(({ content }) => content.includes('It rose 1 times that day.'));
const lastChat = async (): Promise<Request> => (await requests()).filter((each) => !isCondensing(each)).at(-1)!;

const NOBODY = { role: '', content: '' };
const BLOCK = /<(data-[\w-]{16}) kind="([a-z]+)"[^>]*>\n([\s\S]*?)\n<\/\1>/g;
const blocksOf = (content: string): { kind: string; text: string }[] =>
  [...content.matchAll(BLOCK)].map(([, , kind = '', text = '']) => ({ kind, text }));
const plain = (content: string): string => blocksOf(content)[0]?.text ?? content;
const long = (n: number): string => `Question ${n} about the tide. ${`It rose ${n} times that day. `.repeat(20)}`;

/** Nobody answers, plans or condenses any more. */
async function settle(): Promise<void> {
  const redis = workspace.api.get(RedisClient);
  const lists = ['chat', 'condense'].flatMap((queue) => [`yudai:bull:${queue}:wait`, `yudai:bull:${queue}:active`]);
  await waitFor('an end of all jobs', async () => {
    const lengths = await Promise.all(lists.map((list) => redis.llen(list)));
    return lengths.every((length) => length === 0);
  });
}

/** Says so many things, and waits until what has to be condensed is condensed. */
async function converse(id: string, rounds: number): Promise<MessageView[]> {
  const answers: MessageView[] = [];
  for (let n = 1; n <= rounds; n += 1) answers.push(await ask(member, id, long(n)));
  await settle();
  return answers;
}

describe('the context', () => {
  it('is exactly what the model is sent then: every part that is in it, in its order, and nothing else', async () => {
    const { id } = await openReadSession(member, 'tides');
    const card = (wish: object): Promise<{ id: string }> =>
      expected(201, member.post(`/api/sessions/${id}/cards`, wish));
    await card({ title: 'Rules of the house', content: 'Tests come first.', pinned: true });
    await card({ title: 'Moon', content: 'It has a dark side.' });
    const left = await card({ title: 'Left out', content: 'Nobody wants this.' });
    await converse(id, 7);
    const newest = await ask(member, id, 'Leave this one out.');
    await settle();
    await member.patch(`/api/sessions/${id}/context`, {
      dropped: [`card:${left.id}`, `turn:${newest.parentId ?? ''}`],
    });
    const { parts, used, budget, reserved } = await contextOf(id);
    expect(new Set(parts.map(({ kind }) => kind))).toEqual(new Set(['rules', 'card', 'condensation', 'turn']));
    await ask(member, id, 'Where is the tide?');
    const { messages } = await lastChat();
    const included = parts.filter(({ state }) => state === 'included' || state === 'shortened');
    const [system = NOBODY, ...turns] = messages;
    expect(system.content.startsWith(`${included[0]?.text ?? '-'}\n\n`)).toBe(true);
    expectData(system.content, included, ['Tests come first.', 'It has a dark side.']);
    expect(turns.at(-1)).toMatchObject({ role: 'user', content: 'Where is the tide?' });
    await expectTurns(
      id,
      turns.slice(0, -1),
      included.filter(({ kind }) => kind === 'turn'),
    );
    expect(used).toBe(included.reduce((sum, { tokens }) => sum + tokens, 0));
    expect(used + reserved).toBeLessThanOrEqual(budget);
    expect(parts.filter(({ state }) => state === 'dropped').map(({ title }) => title)).toEqual([
      'Left out',
      'Leave this one out.',
    ]);
  }, 120_000);

  describe('of a conversation that has outgrown its room', () => {
    let id: string;
    let answers: readonly MessageView[];
    let condensed: Part;
    let stands: readonly (string | null)[];

    const condensationOf = ({ parts }: ContextView): Part | undefined =>
      parts.find(({ kind }) => kind === 'condensation');

    beforeAll(async () => {
      ({ id } = await openReadSession(member, 'tides'));
      answers = await converse(id, 8);
      condensed = await waitFor('the condensed part', async () => condensationOf(await contextOf(id)));
      stands = (condensed.stands?.messages ?? []).map((message) => message.id);
    }, 120_000);

    it('has its older part in fewer words, which stand for these messages and no others', async () => {
      expect(condensed).toMatchObject({ state: 'included', stands: { count: stands.length } });
      expect(condensed.text).toContain('The user said: Question 1 about the tide.');
      const { parts } = await contextOf(id);
      const shown = parts.filter(({ kind }) => kind === 'turn').map(({ id: part }) => part.slice('turn:'.length));
      expect([...stands, ...shown]).toEqual(answers.flatMap((answer) => [answer.parentId, answer.id]));
    });

    it('has paid for it: it stands in the ledger, and counts in the session', async () => {
      const rows = await workspace.stack.sql<{ ref: string; taken: number; tokens: string }>(
        `SELECT ref, c.prompt_tokens + c.completion_tokens AS taken, tokens
           FROM condensations c JOIN usage_ledger ON ref = c.id WHERE session_id = $1`,
        [id],
      );
      expect(rows.map(({ ref }) => `condensation:${ref}`)).toContain(condensed.id);
      expect(rows.map(({ tokens }) => Number(tokens))).toEqual(rows.map(({ taken }) => taken));
      const session = await expected(200, member.get<SessionView>(`/api/sessions/${id}`));
      const spoken = answers.reduce((sum, { tokens }) => sum + Number(tokens.prompt) + Number(tokens.completion), 0);
      expect(session.tokens).toBe(rows.reduce((sum, { taken }) => sum + taken, spoken));
    });

    it('shares it with a branch of the same beginning, without asking the model again', async () => {
      const made = (await requests()).filter(isCondensing).filter(saysFirst).length;
      await ended(member, id, (await say(member, id, 'Another end.', { parentId: answers.at(-2)?.id })).answer.id);
      const { messages } = await lastChat();
      expect(messages[0]?.content).toContain(condensed.text);
      expect(saysFirst({ messages })).toBe(false);
      expect(condensationOf(await contextOf(id))?.id).toBe(condensed.id);
      expect((await requests()).filter(isCondensing).filter(saysFirst)).toHaveLength(made);
    });

    it('does not use it for a moment longer than it stands for what people want in the prompt', async () => {
      const choose = (dropped: string[]) => member.patch<ContextView>(`/api/sessions/${id}/context`, { dropped });
      const without = await expected(200, choose([`turn:${stands[0] ?? ''}`]));
      expect(condensationOf(without)).toBeUndefined();
      expect(condensationOf(await expected(200, choose([])))?.id).toBe(condensed.id);
    });
  });

  it('has nothing of a condensation that somebody has dropped, whatever is said or chosen on any branch', async () => {
    const { id } = await openReadSession(member, 'tides');
    const answers = await converse(id, 8);
    const ofContext = (context: ContextView): Part[] => context.parts.filter(({ kind }) => kind === 'condensation');
    const [condensed] = ofContext(await contextOf(id));
    const choose = (dropped: string[]) =>
      expected(200, member.patch<ContextView>(`/api/sessions/${id}/context`, { dropped }));
    const without = await choose([condensed?.id ?? '']);
    const stood = `turn:${condensed?.stands?.messages.at(-1)?.id ?? ''}`;
    expect(without.parts.map((part) => part.id)).toContain(stood);
    const made = (await requests()).filter(isCondensing).length;

    const other = await say(member, id, 'Another beginning.', { parentId: answers[0]?.id });
    await ended(member, id, other.answer.id);
    expect(ofContext(await choose([]))).toEqual([]);

    await ended(member, id, (await say(member, id, long(9), { parentId: answers.at(-1)?.id })).answer.id);
    await settle();
    expect((await lastChat()).messages[0]?.content).not.toContain('kind="condensation"');
    expect(ofContext(await contextOf(id))).toMatchObject([{ id: condensed?.id, state: 'dropped' }]);
    expect((await requests()).filter(isCondensing)).toHaveLength(made);
    expect(ofContext(await choose([]))).toMatchObject([{ id: condensed?.id, state: 'included' }]);
  }, 120_000);

  it('goes without it, says so, and no answer waits, when the model does not condense', async () => {
    const { id } = await openReadSession(member, 'tides');
    await workspace.spoil({ kind: 'error', times: 100, match: CONDENSING });
    const answers = await converse(id, 8);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 'complete'));
    const { parts, condensing } = await contextOf(id);
    expect(condensing?.state).toMatch(/waiting|failed/);
    expect(parts.map(({ kind }) => kind)).not.toContain('condensation');
    const omitted = parts.filter(({ state }) => state === 'omitted');
    expect(omitted[0]).toMatchObject({ id: `turn:${answers[0]?.parentId ?? ''}`, reason: 'There is no room for it.' });
    expect(answers.at(-1)?.leftOut?.map(({ id: part }) => part)).toContain(omitted[0]?.id);
  }, 120_000);

  it('says nothing of a condensation that nobody wants any more, since a part of it was dropped meanwhile', async () => {
    const { id } = await openReadSession(member, 'tides');
    await workspace.spoil({ kind: 'error', times: 100, match: CONDENSING });
    const [first] = await converse(id, 8);
    expect((await contextOf(id)).condensing?.state).toBe('waiting');
    await expected(200, member.patch(`/api/sessions/${id}/context`, { dropped: [`turn:${first?.id ?? ''}`] }));
    await waitFor('the end of the condensation', async () => (await contextOf(id)).condensing === null);
  }, 120_000);

  it('says that a pinned card has no room before anything is asked, and nothing is answered without it', async () => {
    const { id } = await openReadSession(member, 'tides');
    const { id: card } = await expected(
      201,
      member.post<{ id: string }>(`/api/sessions/${id}/cards`, {
        title: 'Whole log',
        content: 'It rose. '.repeat(3_000),
        pinned: true,
      }),
    );
    const context = await contextOf(id);
    expect(context.refusal).toContain('"Whole log" has no room');
    expect(context.parts.find(({ id: part }) => part === `card:${card}`)).toMatchObject({
      state: 'omitted',
      pinned: true,
    });
    const answer = await ask(member, id, 'What does the log say?');
    expect(answer).toMatchObject({
      status: 'failed',
      error: { code: 'llm.prompt-too-large' } satisfies Partial<Refusal>,
    });
    const unpinned = await expected(200, member.patch<ContextView>(`/api/sessions/${id}/context`, { pinned: [] }));
    expect(unpinned.refusal).toBeNull();
    expect(await ask(member, id, 'And now?')).toMatchObject({ status: 'complete' });
  });

  it('never makes a request larger than the window; a longer message is answered by its beginning, which is said', async () => {
    const { id } = await openReadSession(member, 'tides');
    const answer = await ask(member, id, `Where? ${'tide and moon '.repeat(1_400)}`);
    expect(answer).toMatchObject({
      status: 'complete',
      leftOut: [{ id: `question:${answer.parentId ?? ''}`, state: 'shortened' }],
    });
    const sizes = (await requests()).map(
      ({ messages, max_tokens: most }) =>
        most + messages.reduce((sum, { content }) => sum + 4 + countTokens(content), 0),
    );
    expect(sizes.length).toBeGreaterThan(20);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(WINDOW);
  });
});

/** What stands with the rules, beside the passages: the cards, then the condensation. */
function expectData(system: string, included: readonly Part[], cards: readonly string[]): void {
  const data = blocksOf(system).filter(({ kind }) => kind !== 'span');
  const kinds = included.map(({ kind }) => kind).filter((kind) => kind !== 'rules' && kind !== 'turn');
  expect(data.map(({ kind }) => kind)).toEqual(kinds);
  const condensed = included.find(({ kind }) => kind === 'condensation')?.text;
  expect(data.map(({ text }) => text)).toEqual([...cards, condensed]);
}

async function expectTurns(id: string, sent: Request['messages'], shown: readonly Part[]): Promise<void> {
  const { items } = await expected(200, member.get<ListOf<MessageView>>(`/api/sessions/${id}/messages?limit=100`));
  const textOf = new Map(items.map((message) => [`turn:${message.id}`, message.text]));
  expect(shown.map(({ tokens }) => tokens)).toEqual(sent.map(({ content }) => countTokens(content) + 4));
  expect(sent.map(({ content }) => plain(content).replace(/\n\[… shortened\]$/, ''))).toEqual(
    shown.map((part) => expect.stringMatching(startOf(textOf.get(part.id) ?? '', part.state)) as unknown),
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const startOf = (text: string, state: string): RegExp =>
  state === 'included' ? new RegExp(`^${escaped(text)}$`) : new RegExp(`^${escaped(text.slice(0, 40))}`);
