import { type ApiClient, spawnWorker, startWorker, type TestApp, waitFor } from '../support/index.js';
import { expected, type IssueView, Issuing, type ListOf, type Refusal } from './issuing.js';

const SAID =
  'I have 21 to-dos, and the last to-do is missing when I go through all pages of the list. With 20 everything is there. ' +
  'It should show all of them. The pages come from src/todos/paginate.js.';

/** Indexing needs the processor, which other suites need too. */
const HOOK_MS = 180_000;

describe('drafting', () => {
  let issuing: Issuing;
  let member: ApiClient;
  let worker: TestApp;
  let sessionId: string;
  let messageIds: string[];

  beforeAll(async () => {
    issuing = await Issuing.start();
    member = await issuing.as('member');
    worker = await startWorker(issuing.stack);
    sessionId = await issuing.session(member);
    await waitFor(
      'the index',
      async () => {
        const { body } = await member.get<{ status: string }>(`/api/sessions/${sessionId}/index`);
        return body.status === 'ready';
      },
      HOOK_MS,
    );
    const said = await member.post<{ message: { id: string }; answer: { id: string } }>(
      `/api/sessions/${sessionId}/messages`,
      { text: SAID, clientMessageId: 'first' },
    );
    messageIds = [said.body.message.id, said.body.answer.id];
    await waitFor('the answer', async () => {
      const { body } = await member.get<ListOf<{ status: string }>>(`/api/sessions/${sessionId}/messages`);
      return body.items.every(({ status }) => status === 'complete');
    });
  }, HOOK_MS);
  beforeEach(() => issuing.mend());
  afterAll(() => issuing.stop());

  const ask = (wish: object, client = member) =>
    client.post<IssueView & Refusal>(`/api/sessions/${sessionId}/issues`, wish);
  const drafted = async (wish: object = {}): Promise<IssueView> =>
    issuing.settled(member, expected(await ask(wish), 201).id);
  const mainCommit = async (): Promise<string | null> =>
    (await member.get<{ commit: string | null }>(`/api/sessions/${sessionId}/index`)).body.commit;

  it('makes a draft of the whole conversation, without writing anything to GitHub', async () => {
    const asked = await ask({});
    expect(asked.body).toMatchObject({ status: 'drafting', revision: 0, githubNumber: null, sessionId });
    const issue = await issuing.settled(member, asked.body.id);
    expect(issue).toMatchObject({
      status: 'draft',
      revision: 1,
      provenance: { messageIds, cardIds: [] },
      labels: ['bug'],
    });
    expect(issue.title).toMatch(/last to-do is missing/i);
    expect(issue.acceptance.length).toBeGreaterThan(0);
    expect(
      (await issuing.ledger()).calls.filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/repos')),
    ).toEqual([]);
  });

  it('cites only what is there at the commit, as addresses of it', async () => {
    await issuing.stack.sql(
      `UPDATE messages SET text = text || ' See [src/nowhere.js:1-2] and [src/todos/paginate.js:1-99999].' WHERE id = $1`,
      [messageIds[1]],
    );
    const { body } = await drafted();
    const commit = await mainCommit();
    const links = [...body.matchAll(/\]\(([^)]*\/blob\/[^)]*)\)/g)].map(([, url]) => url);
    expect(links).toContainEqual(
      expect.stringMatching(new RegExp(`/acme/todo-api/blob/${commit}/src/todos/paginate\\.js#L\\d+-L\\d+$`)),
    );
    expect(body).not.toMatch(/nowhere\.js|99999/);
  });

  it('takes the title and the sources that it is given', async () => {
    const card = await member.post<{ id: string }>(`/api/sessions/${sessionId}/cards`, {
      title: 'Note',
      content: 'The offset is wrong.',
    });
    const issue = await drafted({ title: 'My own title', messageIds: [messageIds[0]], cardIds: [card.body.id] });
    expect(issue).toMatchObject({
      title: 'My own title',
      provenance: { messageIds: [messageIds[0]], cardIds: [card.body.id] },
    });
    const { messages } = await issuing.lastPrompt();
    const prompt = messages.map(({ content }) => content).join('\n');
    expect(prompt).toContain('The offset is wrong.');
    expect(prompt).not.toContain('role="assistant"');
  });

  it("asks for labels and assignees among the repository's own", async () => {
    await drafted();
    const { response_format: format } = (await issuing.lastPrompt()) as {
      response_format?: { json_schema: { schema: { properties: Record<string, { items?: { enum?: string[] } }> } } };
    };
    const { labels, assignees } = format?.json_schema.schema.properties ?? {};
    expect(labels?.items?.enum).toEqual(expect.arrayContaining(['bug', 'enhancement']));
    expect(assignees?.items?.enum).toEqual(expect.arrayContaining(['admin', 'member']));
  });

  it('refuses sources of another session, and an empty conversation without instructions', async () => {
    const other = await issuing.session(member);
    const foreign = await member.post<Refusal>(`/api/sessions/${other}/issues`, { messageIds });
    expect([foreign.status, foreign.body.errors?.map(({ path }) => path)]).toEqual([422, ['messageIds', 'messageIds']]);
    const empty = await member.post<Refusal>(`/api/sessions/${other}/issues`, {});
    expect([empty.status, empty.body.code]).toEqual([409, 'issues.nothing-to-draft']);
    const told = await member.post<IssueView>(`/api/sessions/${other}/issues`, { instructions: 'Write about paging.' });
    expect((await issuing.settled(member, expected(told, 201).id)).status).toBe('draft');
  });

  it.each([
    ['fails', { kind: 'error' }, 'llm.failed'],
    ['breaks off', { kind: 'cut', after: 2 }, 'llm.interrupted'],
  ])('ends as failed with the reason when the model %s, and can be asked for again', async (_what, fault, code) => {
    await issuing.spoilModel(fault);
    const failed = await drafted({ instructions: 'Be short.' });
    expect(failed).toMatchObject({
      status: 'failed',
      revision: 0,
      error: { code, detail: expect.any(String) as string },
    });
    const again = await member.post<IssueView>(`/api/issues/${failed.id}/redraft`, { instructions: 'Once more.' });
    expect([again.status, again.body.status]).toEqual([202, 'drafting']);
    const issue = await issuing.settled(member, failed.id);
    expect(issue).toMatchObject({ status: 'draft', revision: 1 });
    expect(issue.error).toBeUndefined();
    const { messages } = await issuing.lastPrompt();
    expect(messages.at(-1)?.content).toContain('The author asks: Once more.');
  });

  it('waits for a model that is busy', async () => {
    await issuing.spoilModel({ kind: 'rate-limited', ms: 1_000 });
    expect(await drafted()).toMatchObject({ status: 'draft', revision: 1 });
  });

  it('again is a new revision; when it fails, the text stays with the reason', async () => {
    const issue = await drafted();
    expected(await member.patch(`/api/issues/${issue.id}`, { title: 'Edited', assignees: ['member'] }), 200);
    await issuing.spoilModel({ kind: 'error' });
    expected(await member.post(`/api/issues/${issue.id}/redraft`, { instructions: 'Fail.' }), 202);
    const kept = await issuing.settled(member, issue.id);
    expect(kept).toMatchObject({ status: 'draft', title: 'Edited', revision: 2, error: { code: 'llm.failed' } });
    expected(await member.post(`/api/issues/${issue.id}/redraft`, { instructions: 'Work.' }), 202);
    expect(await issuing.settled(member, issue.id)).toMatchObject({
      status: 'draft',
      revision: 3,
      assignees: ['member'],
    });
    const { items } = (await member.get<ListOf<{ n: number; origin: string }>>(`/api/issues/${issue.id}/revisions`))
      .body;
    expect(items.map(({ n, origin }) => `${n} ${origin}`)).toEqual(['3 model', '2 user', '1 model']);
  });

  it('is not edited, drafted again or previewed while it is under way; it can be deleted', async () => {
    await issuing.spoilModel({ kind: 'slow', ms: 50 });
    const { id } = expected(await ask({}), 201);
    const refused = [
      await member.patch<Refusal>(`/api/issues/${id}`, { title: 'x' }),
      await member.post<Refusal>(`/api/issues/${id}/redraft`, { instructions: 'x' }),
      await member.get<Refusal>(`/api/issues/${id}/preview`),
    ];
    expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual(Array(3).fill('409 issues.drafting'));
    expect((await member.delete(`/api/issues/${id}`)).status).toBe(204);
    expect((await member.get(`/api/issues/${id}`)).status).toBe(404);
  });

  it('D3: is seen by everybody else as soon as it was asked for, counted, paid for and audited', async () => {
    const before = await member.get<{ counts: { issues: number } }>(`/api/sessions/${sessionId}`);
    const { id } = expected(await ask({}), 201);
    const [row] = await issuing.stack.sql('SELECT session_id FROM issues WHERE id = $1', [id]);
    expect(row).toEqual({ session_id: sessionId });
    await issuing.settled(member, id);
    const after = await member.get<{ counts: { issues: number } }>(`/api/sessions/${sessionId}`);
    expect(after.body.counts.issues).toBe(before.body.counts.issues + 1);
    const listed = await member.get<ListOf<IssueView>>(`/api/sessions/${sessionId}/issues?limit=1`);
    expect(listed.body.items.map((issue) => issue.id)).toEqual([id]);
    const usage = await issuing.stack.sql('SELECT kind, tokens::int > 0 AS paid FROM usage_ledger WHERE ref = $1', [
      id,
    ]);
    expect(usage).toEqual([{ kind: 'draft', paid: true }]);
    expect(await issuing.audited(id)).toEqual([
      { action: 'issue.draft', result: 'ok', login: 'member', via: 'cookie' },
      { action: 'issue.drafted', result: 'ok', login: 'member', via: 'job' },
    ]);
  });

  it('tells the members of the session', async () => {
    const gone = new AbortController();
    const events = member.stream<{ issueId?: string }>('/api/events', { signal: gone.signal });
    const seen: (string | undefined)[] = [];
    const reading = (async () => {
      for await (const { event, data } of events) if (event === 'issue.changed') seen.push(data.issueId);
    })();
    // The stream gives what comes from its beginning on, which a first event shows
    await waitFor('the stream to be open', async () => {
      if (seen.length === 0) await drafted();
      return seen.length > 0;
    });
    const { id } = await drafted();
    await waitFor('the changes of the issue', () => seen.filter((each) => each === id).length >= 2);
    gone.abort();
    await reading;
  });

  it('answers a repeated request with the same Idempotency-Key as the first time', async () => {
    const keyed = member.with({ 'idempotency-key': 'one-draft' });
    const [first, second] = [await ask({}, keyed), await ask({}, keyed)];
    expect(second.body.id).toBe(first.body.id);
    expect((await ask({ title: 'Other' }, keyed)).status).toBe(422);
  });

  it('goes on with another worker when the one that wrote it dies and Redis is emptied', async () => {
    await worker.stop();
    const first = await spawnWorker(issuing.stack);
    await issuing.spoilModel({ kind: 'hang', after: 1 });
    const { id } = expected(await ask({}), 201);
    await waitFor('the model to be asked', () => issuing.modelIsSpoilt());
    await first.end('SIGKILL');
    await issuing.stack.sql(`UPDATE issues SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
    await issuing.emptyRedis();
    worker = await startWorker(issuing.stack);
    expect(await issuing.settled(member, id)).toMatchObject({ status: 'draft', revision: 1 });
  });
});
