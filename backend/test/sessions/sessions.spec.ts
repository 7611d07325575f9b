import { SessionSweeper } from '../../src/modules/sessions/jobs/session-sweeper.task.js';
import { SessionsRepository } from '../../src/modules/sessions/repositories/sessions.repository.js';
import { SessionNotifier } from '../../src/modules/sessions/session.notifier.js';
import { SessionsService } from '../../src/modules/sessions/sessions.service.js';
import { type ApiClient, waitFor } from '../support/index.js';
import {
  ask,
  expected,
  type ListOf,
  openSession,
  readSession,
  type Refusal,
  say,
  type SessionView,
  someCommit,
  someText,
  startWorkspace,
  type Workspace,
} from './workspace.js';

let workspace: Workspace;
let member: ApiClient;
let admin: ApiClient;

beforeAll(async () => {
  workspace = await startWorkspace();
  await workspace.repository('notes', { 'README.md': '# Notes\n' });
  member = await workspace.as('member');
  admin = await workspace.as('admin');
}, 300_000);
afterAll(() => workspace.stop());

const list = async (client: ApiClient, query = ''): Promise<readonly SessionView[]> =>
  (await expected(200, client.get<ListOf<SessionView>>(`/api/sessions?${query}`))).items;

describe('beginning a session', () => {
  it('takes the default branch, is called as its repository, and begins the index by itself', async () => {
    const session = await openSession(member, 'notes');
    expect(session).toMatchObject({ owner: 'acme', repo: 'notes', branch: 'main', title: 'acme/notes', role: 'owner' });
    expect(session).toMatchObject({ archived: false, activeLeafId: null, tokens: 0 });
    expect(['queued', 'running', 'ready']).toContain(session.index.status);
    const [snapshot] = await workspace.stack.sql<{ branch: string }>('SELECT branch FROM index_snapshots');
    expect(snapshot?.branch).toBe('main');
  });

  it('is audited with who, what and which commit', async () => {
    const { id } = await openSession(member, 'notes', { title: 'Audited' });
    const [entry] = await workspace.stack.sql(
      `SELECT actor_login, repository, details FROM audit_entries WHERE action = 'session.create' AND target_id = $1`,
      [id],
    );
    expect(entry).toMatchObject({
      ...{ actor_login: 'member', repository: 'acme/notes' },
      details: { branch: 'main', commit: someCommit },
    });
  });

  it.each([
    [{ owner: 'acme', repo: 'nothing-here' }, 404, 'github.repository-not-found'],
    [{ owner: 'globex', repo: 'nothing-here' }, 404, 'github.repository-not-found'],
    [{ owner: 'acme', repo: 'notes', branch: 'no-such' }, 404, 'github.branch-not-found'],
    [{ owner: 'acme' }, 422, 'validation'],
    [{ owner: 'acme', repo: 'notes', title: 'a\0b' }, 422, 'validation'],
    [{ owner: 'acme', repo: 'notes', branch: 'a\0b' }, 422, 'validation'],
    [{ owner: 'acme', repo: 'notes', title: ' ' }, 422, 'validation'],
  ])('of %j is refused with %i', async (wish, status, code) => {
    const refused = await member.post<Refusal>('/api/sessions', wish);
    expect(refused.status).toBe(status);
    expect(refused.body.code).toContain(code);
  });

  it('of a repository without a commit says so', async () => {
    await workspace.repository('hollow', {});
    const refused = await member.post<Refusal>('/api/sessions', { owner: 'acme', repo: 'hollow' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'github.repository-empty' } });
  });

  it('with the same Idempotency-Key happens once', async () => {
    const wish = { owner: 'acme', repo: 'notes', title: 'Once' };
    const key = { 'idempotency-key': 'once-and-only-once' };
    const replies = await Promise.all([1, 2, 3].map(() => member.post<SessionView>('/api/sessions', wish, key)));
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
  });
});

describe('D8: two people', () => {
  it('have sessions of their own on one repository, which is read once', async () => {
    const [mine, theirs] = [await openSession(member, 'notes'), await openSession(admin, 'notes')];
    expect(mine.id).not.toBe(theirs.id);
    const snapshots = await workspace.stack.sql(
      `SELECT s.id FROM index_snapshots s JOIN repositories r ON r.id = s.repository_id WHERE r.name = 'notes'`,
    );
    expect(snapshots).toHaveLength(1);
  });
});

describe('the list of sessions', () => {
  it('holds one’s own by last activity, is searched by title and repository, and keeps archived ones apart', async () => {
    const older = await openSession(member, 'notes', { title: 'Older zebra' });
    const newer = await openSession(member, 'notes', { title: 'Newer zebra' });
    expect((await list(member, 'query=zebra')).map(({ id }) => id)).toEqual([newer.id, older.id]);
    await say(member, older.id, 'I am back.');
    expect((await list(member, 'query=ZEBRA')).map(({ id }) => id)).toEqual([older.id, newer.id]);
    expect(await list(member, 'query=%25zebra%25')).toEqual([]);
    expect((await list(member, 'query=acme/not')).length).toBeGreaterThan(1);
    expect(await list(admin, 'query=zebra')).toEqual([]);

    await expected(200, member.patch(`/api/sessions/${older.id}`, { archived: true }));
    expect((await list(member, 'query=zebra')).map(({ id }) => id)).toEqual([newer.id]);
    expect((await list(member, 'query=zebra&archived=true')).map(({ id }) => id)).toEqual([older.id]);
  });

  it('comes in pages without a session twice or none', async () => {
    const all = (await list(member, 'limit=200')).map(({ id }) => id);
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const { items, nextCursor } = await expected(
        200,
        member.get<ListOf<SessionView>>(`/api/sessions?limit=2${cursor}`),
      );
      seen.push(...items.map(({ id }) => id));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(seen).toEqual(all);
    expect((await member.get<Refusal>('/api/sessions?cursor=nonsense')).status).toBe(422);
  });
});

describe('a session', () => {
  it('takes its title from the first message, and keeps the one that a person gave it', async () => {
    const unnamed = await openSession(member, 'notes');
    const named = await openSession(member, 'notes', { title: 'My own name' });
    for (const { id } of [unnamed, named]) await say(member, id, 'What is this about?\nTell me.');
    expect(await readSession(member, unnamed.id)).toMatchObject({ title: 'What is this about?' });
    expect(await readSession(member, named.id)).toMatchObject({ title: 'My own name', counts: { messages: 2 } });
  });

  it('that is archived is only read, until it is restored', async () => {
    const { id } = await openSession(member, 'notes');
    const { answer } = await say(member, id, 'Hello?');
    await expected(200, member.patch(`/api/sessions/${id}`, { archived: true }));
    const message = { text: 'More', clientMessageId: 'more' };
    const refused = await member.post<Refusal>(`/api/sessions/${id}/messages`, message);
    expect(refused).toMatchObject({ status: 409, body: { code: 'sessions.archived' } });
    await expected(200, member.get(`/api/sessions/${id}/messages`));
    await expected(200, member.patch(`/api/sessions/${id}`, { archived: false, title: 'Renamed' }));
    await expected(201, member.post(`/api/sessions/${id}/messages`, { ...message, parentId: answer.id }));
    expect(await readSession(member, id)).toMatchObject({ title: 'Renamed', archived: false });
  });

  it('has numbers of what was said and what it took', async () => {
    const { id } = await openSession(member, 'notes');
    const answer = await ask(member, id, 'What do the notes say?');
    const stats = await expected(200, member.get<Record<string, unknown>>(`/api/sessions/${id}/stats`));
    expect(stats).toMatchObject({
      ...{ messages: 2, cards: 0, issues: 0, solves: 0, members: 1 },
      tokens: answer.tokens,
      firstMessageAt: someText,
    });
    const session = await readSession(member, id);
    expect(session.tokens).toBe((answer.tokens.prompt ?? 0) + (answer.tokens.completion ?? 0));
  });

  it('tells the browsers of its members what has changed', async () => {
    const { id } = await openSession(member, 'notes');
    const gone = new AbortController();
    const events = member.stream<{ sessionId: string }>('/api/events', { signal: gone.signal });
    const seen = new Set<string>();
    const reading = (async () => {
      for await (const { event, data } of events) if (data.sessionId === id) seen.add(event);
    })();
    // The stream gives what comes from its beginning on, which a first event shows.
    await waitFor('the stream to be open', async () => {
      await member.patch(`/api/sessions/${id}`, { title: 'Listening' });
      return seen.has('session.changed');
    });
    await say(member, id, 'Anybody listening?');
    await waitFor('news of the message', () => seen.has('message.changed'));
    gone.abort();
    await reading;
  });
});

const TABLES = [
  'messages',
  'message_citations',
  'message_cards',
  'message_attachments',
  'context_cards',
  'attachments',
];

async function rows(): Promise<Record<string, number>> {
  const counts = await Promise.all(
    [...TABLES, 'sessions', 'session_members', 'users', 'repositories', 'index_snapshots'].map(async (table) => {
      const [row] = await workspace.stack.sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
      return [table, row?.n ?? -1] as const;
    }),
  );
  return Object.fromEntries(counts);
}

async function filled(): Promise<string> {
  const { id } = await openSession(member, 'notes');
  const base = `/api/sessions/${id}`;
  const card = await expected(201, member.post<{ id: string }>(`${base}/cards`, { title: 'T', content: 'C' }));
  const answer = await ask(member, id, 'What do the notes say?', { cardIds: [card.id] });
  await expected(201, member.post(`${base}/cards`, { messageId: answer.id }));
  return id;
}

const sweeper = (): SessionSweeper => {
  const { api } = workspace;
  return new SessionSweeper(api.get(SessionsRepository), api.get(SessionsService), api.get(SessionNotifier));
};

describe('the end of a session', () => {
  it('takes everything of its own along, and nothing of anybody else', async () => {
    const kept = await filled();
    const before = await rows();
    const id = await filled();
    expect(await rows()).not.toEqual(before);
    await expected(204, member.delete(`/api/sessions/${id}`));
    expect(await rows()).toEqual(before);
    expect((await member.get(`/api/sessions/${id}`)).status).toBe(404);
    expect(await readSession(member, kept)).toMatchObject({ counts: { messages: 2, cards: 2 } });
    const [entry] = await workspace.stack.sql('SELECT 1 FROM audit_entries WHERE action = $1 AND target_id = $2', [
      ...['session.delete', id],
    ]);
    expect(entry).toBeDefined();
  });

  it('comes by itself after SESSION_TTL_DAYS without activity, and not before', async () => {
    const used = await filled();
    const forgotten = await filled();
    const session = await readSession(member, used);
    const days = (Date.parse(session.expiresAt) - Date.parse(session.lastActivityAt)) / 86_400_000;
    expect(Math.round(days)).toBe(180);
    await workspace.stack.sql(`UPDATE sessions SET expires_at = now() - interval '1 minute' WHERE id = $1`, [
      forgotten,
    ]);
    await sweeper().sweep();
    await waitFor('the end', async () => (await member.get(`/api/sessions/${forgotten}`)).status === 404);
    await readSession(member, used);
  });

  it('tells its members when two weeks are left, once', async () => {
    const { id } = await openSession(member, 'notes');
    const { id: mark } = await openSession(member, 'notes');
    const expire = (left: string) =>
      workspace.stack.sql('UPDATE sessions SET expires_at = now() + $2::interval WHERE id = $1', [id, left]);
    await member.patch(`/api/sessions/${mark}`, { title: 'Before' });
    for (const left of ['15 days', '13 days 23:59', '13 days']) {
      await expire(left);
      await sweeper().sweep();
    }
    await member.patch(`/api/sessions/${mark}`, { title: 'After' });
    const seen: string[] = [];
    const gone = new AbortController();
    const past = { signal: gone.signal, lastEventId: '0-1' };
    // Of the marking session: it began, `Before`, `After`.
    let marks = 0;
    for await (const { event, data } of member.stream<{ sessionId: string }>('/api/events', past)) {
      if (event === 'session.changed' && data.sessionId === mark) marks += 1;
      if (event === 'session.changed' && marks === 2) seen.push(data.sessionId);
      if (marks === 3) break;
    }
    gone.abort();
    expect(seen).toEqual([mark, id]);
  });
});
