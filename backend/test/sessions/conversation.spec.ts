import { type ApiClient, itOnRealServers } from '../support/index.js';
import {
  ask,
  ended,
  expected,
  type ListOf,
  type MessageView,
  openReadSession,
  readSession,
  type Refusal,
  say,
  type Sent,
  startWorkspace,
  type Workspace,
} from './workspace.js';

const SOURCE = `/** Money is kept in cents. */
export function total(prices) {
  return prices.reduce((sum, price) => sum + price, 0);
}
`;

let workspace: Workspace;
let member: ApiClient;
let sessionId: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  await workspace.repository('shop', { 'src/money.js': SOURCE, 'README.md': '# Shop\n\nSells things.\n' });
  member = await workspace.as('member');
  sessionId = (await openReadSession(member, 'shop')).id;
}, 300_000);
afterAll(() => workspace.stop());

describe('a message', () => {
  itOnRealServers('is stored once, however often and however concurrently it is sent', async () => {
    const body = { text: 'Do not say this twice.', clientMessageId: 'the-same' };
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => member.post<Sent>(`/api/sessions/${sessionId}/messages`, body)),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(replies.map(({ body: sent }) => `${sent.message.id} ${sent.answer.id}`)).size).toBe(1);
    const again = await expected(200, member.post<Sent>(`/api/sessions/${sessionId}/messages`, body));
    expect(again.answer.id).toBe(replies[0]?.body.answer.id);
    const rows = await workspace.stack.sql('SELECT 1 FROM messages WHERE text = $1', [body.text]);
    expect(rows).toHaveLength(1);
    await ended(member, sessionId, again.answer.id);
  });

  it('D3: is there for everybody once it was answered', async () => {
    const { message } = await say(member, sessionId, 'Can you see me?');
    const [row] = await workspace.stack.sql('SELECT text FROM messages WHERE id = $1', [message.id]);
    expect(row).toEqual({ text: 'Can you see me?' });
  });

  itOnRealServers('D14: is counted exactly, however many are sent at once', async () => {
    const { id } = await openReadSession(member, 'shop');
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_each, at) => say(member, id, `Question ${at}: prices?`)),
    );
    const answers: MessageView[] = [];
    for (const { answer } of sent) answers.push(await ended(member, id, answer.id));
    const session = await readSession(member, id);
    expect(session.counts.messages).toBe(40);
    const took = answers.map(({ tokens }) => (tokens.prompt ?? 0) + (tokens.completion ?? 0));
    expect(session.tokens).toBe(took.reduce((sum, tokens) => sum + tokens, 0));
  });

  it('with NUL is refused, not broken', async () => {
    const body = { text: 'a\0b', clientMessageId: 'nul' };
    expect((await member.post(`/api/sessions/${sessionId}/messages`, body)).status).toBe(422);
    expect((await member.get(`/api/sessions/${sessionId}/messages?query=a%00b`)).status).toBe(422);
  });

  it('may have 20,000 characters and not one more', async () => {
    const long = `${'Which prices? '.repeat(1_428)}12345678`;
    expect(long).toHaveLength(20_000);
    const answer = await ask(member, sessionId, long);
    expect(answer.status).toBe('complete');
    const refused = await member.post<Refusal>(`/api/sessions/${sessionId}/messages`, {
      ...{ text: `${long}!`, clientMessageId: 'too-long' },
    });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'text' }] } });
  });

  it('of signs that take more than a token each is answered all the same', async () => {
    const answer = await ask(member, sessionId, '𓀀'.repeat(10_000));
    expect(answer).toMatchObject({ status: 'complete' });
  });

  it('names only what its session has', async () => {
    const other = await openReadSession(member, 'shop');
    const { message } = await say(member, other.id, 'Over here.');
    for (const wish of [{ parentId: message.id }, { cardIds: [message.id] }, { attachmentIds: [message.id] }]) {
      const body = { text: 'Hello', clientMessageId: 'elsewhere', ...wish };
      const refused = await member.post<Refusal>(`/api/sessions/${sessionId}/messages`, body);
      expect(refused).toMatchObject({ status: 422, body: { code: 'sessions.reference' } });
    }
  });
});

describe('a conversation', () => {
  it('branches by another answer and by an edit, and goes on where it was left last', async () => {
    const { id } = await openReadSession(member, 'shop');
    const base = `/api/sessions/${id}/messages`;
    const first = await say(member, id, 'Where is the total?');
    await ended(member, id, first.answer.id);
    const retried = await expected(201, member.post<Pick<Sent, 'answer'>>(`${base}/${first.answer.id}/retry`, {}));
    await ended(member, id, retried.answer.id);
    const second = await expected(200, member.get<ListOf<MessageView>>(base));
    expect(second.items.map((message) => message.id)).toEqual([retried.answer.id, first.message.id]);
    expect(second.items[0]?.siblings).toMatchObject({ index: 1, ids: [first.answer.id, retried.answer.id] });

    const edit = await say(member, id, 'Where is the sum?', { parentId: null });
    await ended(member, id, edit.answer.id);
    const now = await expected(200, member.get<ListOf<MessageView>>(base));
    expect(now.items.map((message) => message.id)).toEqual([edit.answer.id, edit.message.id]);
    expect(now.items[1]?.siblings).toMatchObject({ index: 1, ids: [first.message.id, edit.message.id] });

    const old = await expected(200, member.get<ListOf<MessageView>>(`${base}?leaf=${first.answer.id}`));
    expect(old.items.map((message) => message.id)).toEqual([first.answer.id, first.message.id]);

    const found = await expected(200, member.get<ListOf<MessageView>>(`${base}?query=sum&role=user`));
    expect(found.items.map((message) => message.id)).toEqual([edit.message.id]);

    await expected(204, member.delete(`${base}/${edit.message.id}`));
    const back = await expected(200, member.get<ListOf<MessageView>>(base));
    expect(back.items.map((message) => message.id)).toEqual([retried.answer.id, first.message.id]);
  });

  it('is read page by page, newest first, each message once', async () => {
    const { id } = await openReadSession(member, 'shop');
    for (const text of ['One?', 'Two?', 'Three?']) await ask(member, id, text);
    const seen: MessageView[] = [];
    let cursor = '';
    for (;;) {
      const path = `/api/sessions/${id}/messages?limit=2${cursor}`;
      const { items, nextCursor } = await expected(200, member.get<ListOf<MessageView>>(path));
      seen.push(...items);
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(seen.filter(({ role }) => role === 'user').map(({ text }) => text)).toEqual(['Three?', 'Two?', 'One?']);
    expect(new Set(seen.map((message) => message.id)).size).toBe(6);
    for (const [at, message] of seen.entries()) expect(message.parentId).toBe(seen[at + 1]?.id ?? null);
  });

  it('remembers what was said before', async () => {
    const { id } = await openReadSession(member, 'shop');
    await ask(member, id, 'My favourite word is xylophone.');
    await ask(member, id, 'What about prices?');
    expect(await workspace.lastPrompt()).toContain('My favourite word is xylophone.');
  });
});
