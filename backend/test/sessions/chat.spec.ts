import type { ApiClient, StreamEvent } from '../support/index.js';
import {
  ask,
  ended,
  expected,
  messageOf,
  type MessageView,
  openReadSession,
  type Refusal,
  say,
  someCommit,
  someText,
  startWorkspace,
  type Workspace,
} from './workspace.js';

type Event = StreamEvent<{
  text?: string;
  message?: MessageView;
  problem?: Refusal;
  retrieval?: MessageView['retrieval'];
}>;

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

const streamOf = (answerId: string): string => `/api/sessions/${sessionId}/messages/${answerId}/stream`;

async function follow(answerId: string, lastEventId?: string, most = Infinity): Promise<Event[]> {
  const gone = new AbortController();
  const events: Event[] = [];
  const options = { signal: gone.signal, ...(lastEventId === undefined ? {} : { lastEventId }) };
  for await (const event of member.stream<NonNullable<Event['data']>>(streamOf(answerId), options)) {
    events.push(event);
    if (events.length >= most) break;
  }
  gone.abort();
  return events;
}

const textOf = (events: readonly Event[]): string =>
  events.map(({ event, data }) => (event === 'delta' ? (data.text ?? '') : '')).join('');

describe('an answer', () => {
  it('cites lines that exist at the commit that was searched, and says what it took', async () => {
    const answer = await ask(member, sessionId, 'How does the shop compute a total of prices?');
    expect(answer).toMatchObject({ role: 'assistant', status: 'complete', model: someText });
    expect(answer.retrieval).toMatchObject({ state: 'found', commit: someCommit });
    expect(answer.retrieval?.citations).toContainEqual(
      expect.objectContaining({ path: 'src/money.js', verified: true }),
    );
    expect(answer.text).toContain('[src/money.js:');
    expect(answer.tokens.prompt).toBeGreaterThan(0);
    const [usage] = await workspace.stack.sql<{ tokens: string }>('SELECT tokens FROM usage_ledger WHERE ref = $1', [
      answer.id,
    ]);
    expect(Number(usage?.tokens)).toBe((answer.tokens.prompt ?? 0) + (answer.tokens.completion ?? 0));
  });

  it('comes in ten deltas and more, the first while the model still writes, and the stored text is what was streamed', async () => {
    await workspace.spoil({ kind: 'slow', ms: 40 });
    const { answer } = await say(member, sessionId, 'Where are prices added up?');
    const gone = new AbortController();
    const events: Event[] = [];
    let statusAtFirst: string | undefined;
    for await (const event of member.stream<NonNullable<Event['data']>>(streamOf(answer.id), { signal: gone.signal })) {
      events.push(event);
      if (event.event === 'delta') statusAtFirst ??= (await messageOf(member, sessionId, answer.id))?.status;
    }
    expect(statusAtFirst).toBe('streaming');
    expect(events.filter(({ event }) => event === 'delta').length).toBeGreaterThanOrEqual(10);
    expect(events.map(({ event }) => event)).toEqual(['context', ...events.slice(1, -1).map(() => 'delta'), 'done']);
    const stored = await messageOf(member, sessionId, answer.id);
    expect(textOf(events)).toBe(stored?.text);
    expect(events.at(-1)?.data.message).toEqual(stored);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('is the same for a reader who left and came back: exactly the rest, nothing twice', async () => {
    await workspace.spoil({ kind: 'slow', ms: 30 });
    const { answer } = await say(member, sessionId, 'What does the function total do with prices?');
    const before = await follow(answer.id, undefined, 4);
    const stayed = follow(answer.id);
    const after = await follow(answer.id, before.at(-1)?.id);
    expect([...before, ...after]).toEqual(await stayed);
    const stored = await messageOf(member, sessionId, answer.id);
    expect(textOf([...before, ...after])).toBe(stored?.text);
    expect(stored?.status).toBe('complete');
  });

  it('of a reader who leaves for good is written to its end', async () => {
    await workspace.spoil({ kind: 'slow', ms: 20 });
    const { answer } = await say(member, sessionId, 'Which file knows about prices?');
    const seen = textOf(await follow(answer.id, undefined, 3));
    const stored = await ended(member, sessionId, answer.id);
    expect(stored.status).toBe('complete');
    expect(stored.text.startsWith(seen)).toBe(true);
    expect(stored.text.length).toBeGreaterThan(seen.length);
  });

  it('that has ended is done at once, also when its stream is long gone', async () => {
    const answer = await ask(member, sessionId, 'Are prices kept in cents?');
    expect(await follow(answer.id)).toEqual([expect.objectContaining({ event: 'done', data: { message: answer } })]);
    const all = await follow(answer.id, '0-1');
    expect(textOf(all)).toBe(answer.text);
    expect(await follow(answer.id, all.at(-1)?.id)).toEqual([]);
    await forgetStream(answer.id);
    for (const lastEventId of [undefined, all[1]?.id]) {
      expect(await follow(answer.id, lastEventId)).toEqual([
        expect.objectContaining({ event: 'done', data: { message: answer } }),
      ]);
    }
  });

  it('whose worker could not tell of its end is done all the same, in an event of its own that is not told again', async () => {
    const answer = await ask(member, sessionId, 'How are prices added up in the shop?');
    await forgetLastEvent(answer.id);
    const events = await follow(answer.id, '0-1');
    expect(events.at(-1)).toMatchObject({ event: 'done', data: { message: answer } });
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(await follow(answer.id, events.at(-1)?.id)).toEqual([]);
  });

  it('can be stopped; what was written stays, and its readers are told', async () => {
    await workspace.spoil({ kind: 'slow', ms: 60 });
    const { answer } = await say(member, sessionId, 'Explain how prices are added up, at length.');
    await follow(answer.id, undefined, 4);
    const readers = follow(answer.id);
    await expected(200, member.post(`/api/sessions/${sessionId}/messages/${answer.id}/stop`));
    const events = await readers;
    const stored = await messageOf(member, sessionId, answer.id);
    expect(stored).toMatchObject({ status: 'stopped' });
    expect(events.at(-1)).toMatchObject({ event: 'done', data: { message: { status: 'stopped' } } });
    expect(textOf(events)).toBe(stored?.text);
    expect(stored?.text).not.toBe('');
    await expected(200, member.post(`/api/sessions/${sessionId}/messages/${answer.id}/stop`));
    expect(await messageOf(member, sessionId, answer.id)).toEqual(stored);
  });

  it.each([
    [{ kind: 'error' }, 'llm.failed', ''],
    [{ kind: 'rate-limited' }, 'llm.rate-limited', ''],
    [{ kind: 'cut', after: 6 }, 'llm.interrupted', 'some'],
  ])('that the model fails is stored as failed (%j), with what was streamed of it', async (fault, code, some) => {
    await workspace.spoil(fault);
    const { answer } = await say(member, sessionId, 'Where is the total computed?');
    const events = await follow(answer.id, '0-1');
    expect(events.at(-1)).toMatchObject({ event: 'error', data: { problem: { code, requestId: someText } } });
    const stored = await messageOf(member, sessionId, answer.id);
    expect(stored).toMatchObject({ status: 'failed', error: { code }, text: textOf(events) });
    expect(stored?.text === '').toBe(some === '');
  });

  it('D12: that hangs holds up nobody else', async () => {
    await workspace.spoil({ kind: 'hang', after: 2, match: 'Hang, please' });
    const { answer } = await say(member, sessionId, 'Hang, please.');
    await follow(answer.id, undefined, 2);
    await expected(200, member.get('/api/health/live'));
    const { id } = await openReadSession(member, 'shop');
    expect(await ask(member, id, 'What about prices?')).toMatchObject({ status: 'complete' });
    expect(await messageOf(member, sessionId, answer.id)).toMatchObject({ status: 'streaming' });
    await expected(200, member.post(`/api/sessions/${sessionId}/messages/${answer.id}/stop`));
    expect(await ended(member, sessionId, answer.id)).toMatchObject({ status: 'stopped' });
  });

  it('does not show a citation of lines that do not exist at the commit', async () => {
    await workspace.spoil({ kind: 'bad-citation' });
    const { answer } = await say(member, sessionId, 'How is the total of prices computed?');
    const events = await follow(answer.id, '0-1');
    const stored = await ended(member, sessionId, answer.id);
    expect(stored.text).toContain('src/no-such-file.js (not found)');
    expect(`${stored.text}${JSON.stringify(events)}`).not.toContain('[src/no-such-file.js');
    expect(stored.retrieval?.citations.map(({ path }) => path)).not.toContain('src/no-such-file.js');
    expect(stored.retrieval?.citations).not.toEqual([]);
  });

  it('says that nothing was found where nothing was', async () => {
    await workspace.repository('empty-words', { 'data.bin': '\u0000\u0001' });
    const { id } = await openReadSession(member, 'empty-words');
    const answer = await ask(member, id, 'What is the airspeed of an unladen swallow?');
    expect(answer.retrieval).toMatchObject({ state: 'none', citations: [] });
    expect(answer.text).toContain('I was given nothing from the repository');
  });
});

async function forgetLastEvent(answerId: string): Promise<void> {
  const { RedisClient } = await import('../../src/platform/redis/redis.module.js');
  const redis = workspace.api.get(RedisClient);
  const stream = `yudai:stream:chat:${answerId}`;
  const [last] = await redis.xrevrange(stream, '+', '-', 'COUNT', 1);
  await redis.xdel(stream, last?.[0] ?? '');
}

async function forgetStream(answerId: string): Promise<void> {
  const { StreamLog } = await import('../../src/platform/streams/stream-log.js');
  await workspace.api.get(StreamLog).remove(`chat:${answerId}`);
}
