import {
  type ApiClient,
  endLeases,
  itOnRealServers,
  spawnApi,
  spawnWorker,
  startWorker,
  type TestApp,
  type TestProcess,
  waitFor,
} from '../support/index.js';
import { expected, type IssueView, Issuing, type Refusal } from './issuing.js';

const STATUSES_OF_SUCCESS = [200, 201, 202];

describe('publishing', () => {
  let issuing: Issuing;
  let member: ApiClient;
  let worker: TestApp;
  let sessionId: string;

  beforeAll(async () => {
    // A publication may be slower than its caller waits for.
    issuing = await Issuing.start({ env: { GITHUB_TIMEOUT_SECONDS: '30' } });
    member = await issuing.as('member');
    worker = await startWorker(issuing.stack);
    sessionId = await issuing.session(member);
  });
  beforeEach(() => issuing.mend());
  afterAll(() => issuing.stop());

  const publish = (id: string, client = member) => client.post<IssueView & Refusal>(`/api/issues/${id}/publish`);
  const made = async (title: string) => (await issuing.ledger()).issues.filter((issue) => issue.title === title);

  it('makes one issue with exactly what the preview showed, and says so the second time', async () => {
    const draft = await issuing.draft(member, sessionId, {
      title: 'Made once',
      labels: ['bug'],
      assignees: ['member'],
    });
    const preview = (await member.get<{ body: string }>(`/api/issues/${draft.id}/preview`)).body;
    const first = await publish(draft.id);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ status: 'published', githubNumber: expect.any(Number) as number });
    expect(first.body.githubUrl).toMatch(new RegExp(`/acme/todo-api/issues/${first.body.githubNumber}$`));
    const again = await publish(draft.id);
    expect([again.status, again.body]).toEqual([200, first.body]);
    const [issue, ...others] = await made('Made once');
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ number: first.body.githubNumber, body: preview.body, author: 'member' });
    const onGithub = await member.get<{ items: { number: number; labels: string[] }[] }>(
      '/api/github/repositories/acme/todo-api/issues',
    );
    expect(onGithub.body.items[0]).toMatchObject({ number: first.body.githubNumber, labels: ['bug'] });
  });

  it('is in the audit trail: asked for by a request, done by a job, both by the same person', async () => {
    const draft = await issuing.draft(member, sessionId, { title: 'Audited' });
    expected(await publish(draft.id), 201);
    expect((await issuing.audited(draft.id)).slice(-2)).toEqual([
      { action: 'issue.publish-request', result: 'ok', login: 'member', via: 'cookie' },
      { action: 'issue.publish', result: 'ok', login: 'member', via: 'job' },
    ]);
  });

  itOnRealServers('makes one issue of five calls at once at two apis', async () => {
    const second = await spawnApi(issuing.stack);
    const draft = await issuing.draft(member, sessionId, { title: 'Five at once' });
    const clients = [member, member.at(second), member, member.at(second), member];
    const answers = await Promise.all(clients.map((client) => publish(draft.id, client)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => !STATUSES_OF_SUCCESS.includes(status))).toEqual([]);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    await issuing.settled(member, draft.id);
    expect(await made('Five at once')).toHaveLength(1);
    await second.process.end();
  });

  it.each([
    ['its reply is lost', { kind: 'lost-reply' }],
    ['the connection is reset before it arrives', { kind: 'reset' }],
    ['GitHub fails', { kind: '500' }],
    ['GitHub asks for a pause', { kind: 'secondary', retryAfter: 1 }],
  ])('makes one issue when %s', async (what, fault) => {
    const draft = await issuing.draft(member, sessionId, { title: `Once though ${what}` });
    await issuing.spoilForge(fault);
    expect(STATUSES_OF_SUCCESS).toContain((await publish(draft.id)).status);
    const published = await issuing.settled(member, draft.id);
    const issues = await made(`Once though ${what}`);
    expect(issues.map(({ number }) => number)).toEqual([published.githubNumber]);
    expect(published).toMatchObject({ status: 'published' });
    expect(published.error).toBeUndefined();
  });

  it('tells what GitHub refuses; mended and published again, it is one issue and one intent', async () => {
    const draft = await issuing.draft(member, sessionId, { title: 'Refused at first', assignees: ['nobody-here'] });
    const refused = await publish(draft.id);
    expect([refused.status, refused.body.code]).toEqual([422, 'github.refused']);
    const back = (await member.get<IssueView>(`/api/issues/${draft.id}`)).body;
    expect(back).toMatchObject({ status: 'draft', error: { code: 'github.refused' } });
    expected(await member.patch(`/api/issues/${draft.id}`, { assignees: ['member'] }), 200);
    expect((await publish(draft.id)).status).toBe(201);
    expect(await made('Refused at first')).toHaveLength(1);
    const intents = await issuing.stack.sql('SELECT status FROM publish_intents WHERE issue_id = $1', [draft.id]);
    expect(intents).toEqual([{ status: 'recorded' }]);
  });

  it('finds the issue of an attempt whose reply was lost, even when the next attempts were refused', async () => {
    const draft = await issuing.draft(member, sessionId, { title: 'Lost, then forbidden' });
    await issuing.spoilForge({ kind: 'lost-reply' });
    const asked = publish(draft.id);
    await waitFor('the issue to be made', async () => (await made('Lost, then forbidden')).length === 1);
    await issuing.permit('member', 'read');
    await asked;
    const refused = await issuing.settled(member, draft.id);
    await issuing.permit('member', 'write');
    expect(refused).toMatchObject({ status: 'draft', error: { code: 'sessions.repository-read-only' } });
    const again = await publish(draft.id);
    expect(again.status).toBe(201);
    expect((await made('Lost, then forbidden')).map(({ number }) => number)).toEqual([again.body.githubNumber]);
  });

  it('goes on after the caller has been told that it takes longer', async () => {
    const draft = await issuing.draft(member, sessionId, { title: 'Slow' });
    await issuing.spoilForge({ kind: 'slow', ms: 18_000 });
    const answer = await publish(draft.id);
    expect([answer.status, answer.body.status]).toEqual([202, 'publishing']);
    const [onGithub] = await made('Slow');
    const adopted = await member.post<IssueView>(`/api/sessions/${sessionId}/issues`, {
      githubNumber: onGithub?.number,
    });
    expect(adopted.body.id).toBe(draft.id);
    const edit = await member.patch<Refusal>(`/api/issues/${draft.id}`, { title: 'Too late' });
    expect([edit.status, edit.body.code]).toEqual([409, 'issues.publishing']);
    expect((await member.delete(`/api/issues/${draft.id}`)).status).toBe(409);
    expect(await issuing.settled(member, draft.id)).toMatchObject({ status: 'published', title: 'Slow' });
    expect(await made('Slow')).toHaveLength(1);
  });

  it('is for drafts with a title only: not while one is written, not without one', async () => {
    await issuing.spoilModel({ kind: 'slow', ms: 20 });
    const asked = await member.post<IssueView>(`/api/sessions/${sessionId}/issues`, { instructions: 'Something.' });
    const early = await publish(asked.body.id);
    expect([early.status, early.body.code]).toEqual([409, 'issues.drafting']);
    await issuing.settled(member, asked.body.id);
    await issuing.spoilModel({ kind: 'error' });
    const failed = await member.post<IssueView>(`/api/sessions/${sessionId}/issues`, { instructions: 'Else.' });
    await issuing.settled(member, failed.body.id);
    expect((await publish(failed.body.id)).body.code).toBe('issues.failed');
    expected(await member.patch(`/api/issues/${failed.body.id}`, { body: 'A text, but no title.' }), 200);
    expect((await publish(failed.body.id)).body.code).toBe('issues.untitled');
    expect((await issuing.ledger()).issues).toEqual([]);
  });

  it('leaves what is on GitHub alone afterwards: no edit, and deleting removes it here only', async () => {
    const draft = await issuing.draft(member, sessionId, { title: 'Stays on GitHub' });
    const { githubNumber } = expected(await publish(draft.id), 201);
    const edit = await member.patch<Refusal>(`/api/issues/${draft.id}`, { title: 'Changed' });
    expect([edit.status, edit.body.code]).toEqual([409, 'issues.published']);
    expect((await member.delete(`/api/issues/${draft.id}`)).status).toBe(204);
    expect((await member.get(`/api/issues/${draft.id}`)).status).toBe(404);
    const writes = (await issuing.ledger()).calls.filter(
      ({ method, path }) => method !== 'GET' && path.includes('issues'),
    );
    expect(writes.map(({ method }) => method)).toEqual(['POST']);
    const listed = await member.get<{ items: { number: number }[] }>('/api/github/repositories/acme/todo-api/issues');
    expect(listed.body.items.map(({ number }) => number)).toContain(githubNumber);
  });

  it("D7: stores GitHub's numbers beyond 32 bits", async () => {
    const draft = await issuing.draft(member, sessionId, { title: 'A large id' });
    expected(await publish(draft.id), 201);
    await issuing.stack.sql('UPDATE issues SET github_id = 3000000000 WHERE id = $1', [draft.id]);
    const rows = await issuing.stack.sql('SELECT github_id FROM issues WHERE id = $1', [draft.id]);
    expect(rows).toEqual([{ github_id: '3000000000' }]);
  });

  describe('when the worker dies', () => {
    let spawned: TestProcess;

    beforeAll(async () => {
      await worker.stop();
      spawned = await spawnWorker(issuing.stack);
    });

    it('between making and recording, its successor finds the issue', async () => {
      const draft = await issuing.draft(member, sessionId, { title: 'Killed in between' });
      await issuing.spoilForge({ kind: 'slow', ms: 600_000 });
      const asked = publish(draft.id);
      await waitFor('the issue to be made', async () => (await made('Killed in between')).length === 1);
      await spawned.end('SIGKILL');
      await endLeases(issuing.stack, 'publish_intents');
      spawned = await spawnWorker(issuing.stack);
      expect(STATUSES_OF_SUCCESS).toContain((await asked).status);
      const published = await issuing.settled(member, draft.id);
      expect((await made('Killed in between')).map(({ number }) => number)).toEqual([published.githubNumber]);
      const [last] = await issuing.stack.sql<{ details: { how: string } }>(
        `SELECT details FROM audit_entries WHERE target_id = $1 AND action = 'issue.publish'`,
        [draft.id],
      );
      expect(last?.details.how).toBe('found');
    });

    it('before making, and Redis is emptied, its successor makes the issue', async () => {
      const draft = await issuing.draft(member, sessionId, { title: 'Killed before' });
      await spawned.end('SIGKILL');
      expect((await publish(draft.id)).status).toBe(202);
      const intents = await issuing.stack.sql('SELECT status FROM publish_intents WHERE issue_id = $1', [draft.id]);
      expect(intents).toEqual([{ status: 'claimed' }]);
      await issuing.emptyRedis();
      spawned = await spawnWorker(issuing.stack);
      expect(await issuing.settled(member, draft.id)).toMatchObject({ status: 'published' });
      expect(await made('Killed before')).toHaveLength(1);
    });
  });
});
