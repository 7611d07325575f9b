import { type ApiClient, startWorker, itOnRealServers } from '../support/index.js';
import { expected, type IssueView, Issuing, type ListOf, type Refusal } from './issuing.js';

interface RevisionView {
  readonly n: number;
  readonly origin: string;
  readonly authorId: string | null;
  readonly title: string;
}

let issuing: Issuing;
let member: ApiClient;
let sessionId: string;
/** For edits that are refused. */
let untouched: IssueView | undefined;

beforeAll(async () => {
  issuing = await Issuing.start();
  member = await issuing.as('member');
  await startWorker(issuing.stack);
  sessionId = await issuing.session(member);
});
afterAll(() => issuing.stop());

describe('editing', () => {
  const edit = (id: string, change: object) => member.patch<IssueView & Refusal>(`/api/issues/${id}`, change);
  const history = async (id: string, query = ''): Promise<ListOf<RevisionView>> =>
    expected(await member.get<ListOf<RevisionView>>(`/api/issues/${id}/revisions${query}`), 200);

  it('makes a revision of every change, with its author, and none of no change', async () => {
    const draft = await issuing.draft(member, sessionId);
    const text = {
      title: 'Second',
      body: 'New.',
      labels: ['bug', 'BUG'],
      assignees: ['member'],
      acceptance: ['Done.'],
    };
    const changed = expected(await edit(draft.id, text), 200);
    expect(changed).toMatchObject({ ...text, labels: ['bug'], revision: draft.revision + 1, status: 'draft' });
    expect(expected(await edit(draft.id, { title: 'Second' }), 200).revision).toBe(changed.revision);
    const me = (await member.get<{ id: string }>('/api/auth/me')).body.id;
    const [newest, ...older] = (await history(draft.id)).items;
    expect(newest).toMatchObject({ n: 3, origin: 'user', authorId: me, title: 'Second' });
    expect(older.map(({ n, origin }) => `${n} ${origin}`)).toEqual(['2 user', '1 model']);
  });

  it('refuses an edit of what somebody has changed since', async () => {
    const draft = await issuing.draft(member, sessionId);
    const { revision } = draft;
    expected(await edit(draft.id, { title: 'Mine', revision }), 200);
    expect((await edit(draft.id, { title: 'Late', revision })).body.code).toBe('issues.stale');
    expect(expected(await edit(draft.id, { title: 'Now', revision: revision + 1 }), 200).title).toBe('Now');
  });

  itOnRealServers('refuses one of two edits of the same text at once', async () => {
    const draft = await issuing.draft(member, sessionId);
    const { revision } = draft;
    const both = await Promise.all(['Mine', 'Theirs'].map((title) => edit(draft.id, { title, revision })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('issues.stale');
  });

  it('brings an earlier text back as the newest one', async () => {
    const draft = await issuing.draft(member, sessionId, { title: 'First words' });
    expected(await edit(draft.id, { title: 'Other words', body: '' }), 200);
    const restored = await member.post<IssueView>(`/api/issues/${draft.id}/revisions/${draft.revision}/restore`);
    expect([restored.status, restored.body]).toEqual([
      200,
      expect.objectContaining({ title: 'First words', body: draft.body, revision: draft.revision + 2 }),
    ]);
    expect((await history(draft.id)).items[0]).toMatchObject({ origin: 'restore' });
    for (const n of ['99', '0', '-1', 'x', '1e1', '99999999999']) {
      const { status, body } = await member.post<Refusal>(`/api/issues/${draft.id}/revisions/${n}/restore`);
      expect([status, body.code]).toEqual([404, 'issues.revision-not-found']);
    }
  });

  it('lists issues and revisions in pages, newest first', async () => {
    const own = await issuing.session(member);
    const ids: string[] = [];
    for (const title of ['One', 'Two', 'Three']) ids.unshift((await issuing.draft(member, own, { title })).id);
    const first = expected(await member.get<ListOf<IssueView>>(`/api/sessions/${own}/issues?limit=2`), 200);
    const rest = expected(
      await member.get<ListOf<IssueView>>(`/api/sessions/${own}/issues?limit=2&cursor=${first.nextCursor ?? ''}`),
      200,
    );
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect(rest.nextCursor).toBeNull();
    const id = ids[0] ?? '';
    const newest = await history(id, '?limit=1');
    expect((await history(id, `?limit=1&cursor=${newest.nextCursor ?? ''}`)).items.map(({ n }) => n)).toEqual([1]);
    for (const path of [`/api/sessions/${own}/issues`, `/api/issues/${id}/revisions`]) {
      for (const cursor of [
        'x',
        Buffer.from('["x"]').toString('base64url'),
        Buffer.from('[1e20]').toString('base64url'),
      ]) {
        expect((await member.get<Refusal>(`${path}?cursor=${cursor}`)).body.code).toBe('pagination.cursor');
      }
    }
  });

  it.each<[string, object, string]>([
    ['a title of 257 characters', { title: 'x'.repeat(257) }, 'title'],
    ['an empty title', { title: ' ' }, 'title'],
    ['a text of 65,537 characters', { body: 'x'.repeat(65_537) }, 'body'],
    ['101 labels', { labels: Array.from({ length: 101 }, (_, at) => `l${at}`) }, 'labels'],
    ['a label of 51 characters', { labels: ['x'.repeat(51)] }, 'labels[0]'],
    ['11 assignees', { assignees: Array.from({ length: 11 }, (_, at) => `a${at}`) }, 'assignees'],
    ['a sentence of 1,001 characters', { acceptance: ['x'.repeat(1_001)] }, 'acceptance[0]'],
    ['NUL in the text', { body: 'a\0b' }, 'body'],
    ['NUL in a label', { labels: ['a\0b'] }, 'labels[0]'],
    ['a status', { status: 'published' }, ''],
  ])('refuses %s', async (_what, change, path) => {
    const { id } = (untouched ??= await issuing.draft(member, sessionId));
    const { status, body } = await edit(id, change);
    expect([status, body.code, body.errors?.[0]?.path]).toEqual([422, 'validation', path]);
  });

  it('takes what GitHub takes, and not a text that is too long together with its acceptance', async () => {
    const { id } = await issuing.draft(member, sessionId);
    const largest = { title: 'x'.repeat(256), body: 'y'.repeat(65_000), acceptance: [] };
    expect((await edit(id, largest)).status).toBe(200);
    const { status, body } = await edit(id, { acceptance: ['z'.repeat(500)] });
    expect([status, body.code, body.errors?.[0]?.path]).toEqual([422, 'issues.too-long', 'body']);
  });

  it('keeps every character that is seen', async () => {
    const { id } = await issuing.draft(member, sessionId);
    const text = '\u{1F9EA} abc \\u0000 <b>&amp;</b> \r\n\t`x`';
    expect(expected(await edit(id, { body: `${text}\u202E\u{E0041}` }), 200).body).toBe(text);
  });

  it('is audited with what was changed, not with the words', async () => {
    const { id } = await issuing.draft(member, sessionId);
    expected(await edit(id, { body: 'A secret plan.' }), 200);
    const [entry] = await issuing.stack.sql<{ action: string; details: object }>(
      'SELECT action, details FROM audit_entries WHERE target_id = $1 ORDER BY id DESC LIMIT 1',
      [id],
    );
    expect(entry).toMatchObject({ action: 'issue.update', details: { fields: ['body'], revision: 3 } });
    expect(JSON.stringify(entry)).not.toContain('secret plan');
  });

  it('ends with the session being archived, and goes on when it is restored', async () => {
    const own = await issuing.session(member);
    const { id } = await issuing.draft(member, own);
    expected(await member.patch(`/api/sessions/${own}`, { archived: true }), 200);
    const refused = [
      await edit(id, { title: 'x' }),
      await member.post<Refusal>(`/api/sessions/${own}/issues`, { instructions: 'x' }),
      await member.post<Refusal>(`/api/sessions/${own}/issues`, { githubNumber: 1 }),
      await member.post<Refusal>(`/api/issues/${id}/redraft`, { instructions: 'x' }),
      await member.post<Refusal>(`/api/issues/${id}/publish`),
      await member.delete<Refusal>(`/api/issues/${id}`),
    ];
    expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual(Array(6).fill('409 sessions.archived'));
    expected(await member.patch(`/api/sessions/${own}`, { archived: false }), 200);
    expect((await edit(id, { title: 'x' })).status).toBe(200);
  });
});

describe('what is deleted with what', () => {
  const count = async (table: string): Promise<number> => {
    const [row] = await issuing.stack.sql<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    return row?.count ?? -1;
  };

  it('an issue loses the reference to a card that is deleted, and stays', async () => {
    const cards: string[] = [];
    for (const title of ['One', 'Two']) {
      const card = await member.post<{ id: string }>(`/api/sessions/${sessionId}/cards`, { title, content: 'Text.' });
      cards.push(expected(card, 201).id);
    }
    const asked = await member.post<IssueView>(`/api/sessions/${sessionId}/issues`, { messageIds: [], cardIds: cards });
    const { id } = await issuing.settled(member, expected(asked, 201).id);
    expect((await member.delete(`/api/sessions/${sessionId}/cards/${cards[0] ?? ''}`)).status).toBe(204);
    const { provenance } = (await member.get<IssueView>(`/api/issues/${id}`)).body;
    expect(provenance.cardIds).toEqual([cards[1]]);
    const sources = await issuing.stack.sql('SELECT card_id FROM issue_sources WHERE issue_id = $1 ORDER BY ordinal', [
      id,
    ]);
    expect(sources).toEqual([{ card_id: null }, { card_id: cards[1] }]);
  });

  it("a session takes its issues with it, and nobody else's", async () => {
    const [gone, stays] = [await issuing.session(member), await issuing.session(member)];
    const kept = await issuing.draft(member, stays);
    const before = await Promise.all(['issues', 'issue_revisions', 'issue_sources', 'publish_intents'].map(count));
    const { id } = await issuing.draft(member, gone);
    expected(await member.post(`/api/issues/${id}/publish`), 201);
    expect((await member.delete(`/api/sessions/${gone}`)).status).toBe(204);
    const after = await Promise.all(['issues', 'issue_revisions', 'issue_sources', 'publish_intents'].map(count));
    expect(after).toEqual(before);
    expect((await member.get(`/api/issues/${id}`)).status).toBe(404);
    expect((await member.get(`/api/issues/${kept.id}`)).status).toBe(200);
  });

  it('an issue outlives the account of whoever drafted it', async () => {
    const admin = await issuing.as('admin');
    const { id } = await issuing.draft(admin, await issuing.session(admin));
    const memberId = (await member.get<{ id: string }>('/api/auth/me')).body.id;
    await issuing.stack.sql('UPDATE issues SET created_by = $1, requested_by = $1 WHERE id = $2', [memberId, id]);
    await issuing.stack.sql('UPDATE issue_revisions SET author_id = $1 WHERE issue_id = $2', [memberId, id]);
    await issuing.stack.sql('DELETE FROM users WHERE id = $1', [memberId]);
    const [row] = await issuing.stack.sql('SELECT created_by, requested_by FROM issues WHERE id = $1', [id]);
    expect(row).toEqual({ created_by: null, requested_by: null });
    expect((await admin.get(`/api/issues/${id}`)).status).toBe(200);
  });
});
