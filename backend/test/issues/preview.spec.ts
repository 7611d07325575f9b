import { type ApiClient, startWorker, waitFor } from '../support/index.js';
import { expected, type IssueView, Issuing, type PreviewView, type Refusal } from './issuing.js';

let issuing: Issuing;
let member: ApiClient;
let sessionId: string;

beforeAll(async () => {
  issuing = await Issuing.start();
  member = await issuing.as('member');
  await startWorker(issuing.stack);
  sessionId = await issuing.session(member);
});
beforeEach(() => issuing.mend());
afterAll(() => issuing.stop());

describe('preview', () => {
  const preview = async (id: string): Promise<PreviewView> =>
    expected(await member.get<PreviewView>(`/api/issues/${id}/preview`), 200);

  it('is what GitHub then receives, edits included, and writes nothing there', async () => {
    const draft = await issuing.draft(member, sessionId, {
      title: 'Shown, then sent',
      body: '## Problem\n\nIt fails.',
      labels: ['bug'],
      assignees: ['member'],
      acceptance: ['It works.', 'A test says so.'],
    });
    await issuing.mend();
    const shown = await preview(draft.id);
    expect(shown).toMatchObject({
      owner: 'acme',
      repo: 'todo-api',
      warnings: [],
      labels: ['bug'],
      assignees: ['member'],
    });
    expect(shown.body).toContain('- [ ] A test says so.');
    expect(shown.bodyHtml).toContain('<h2>Problem</h2>');
    // Reading the repository sends for its objects, too.
    const { calls } = await issuing.ledger();
    expect(calls.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/git-upload-pack'))).toEqual([]);
    expected(await member.post(`/api/issues/${draft.id}/publish`), 201);
    const { issues } = await issuing.ledger();
    expect(issues).toEqual([expect.objectContaining({ title: shown.title, body: shown.body })]);
  });

  it('shows text as it is meant, and nothing that runs or is loaded', async () => {
    const body =
      '# Hi\n\n<script>alert(1)</script>\n\n![pixel](https://evil.example/x.png)\n\n[x](javascript:alert(1))';
    const { id } = await issuing.draft(member, sessionId, { body });
    const { bodyHtml } = await preview(id);
    expect(bodyHtml).toContain('<h1>Hi</h1>');
    expect(bodyHtml).not.toMatch(/<script|<img|src=|href="javascript/);
  });

  it('names open issues that are about the same', async () => {
    const { id } = await issuing.draft(member, sessionId, {
      title: 'The last to-do is missing when I go through all pages',
      body: 'With 21 to-dos I get 20 of them.',
    });
    const { duplicates } = await preview(id);
    expect(duplicates[0]).toMatchObject({ title: 'The last to-do is missing when I go through all pages' });
    expect(duplicates[0]?.score).toBeGreaterThan(0.5);
    expect(duplicates).toHaveLength(1);
  });

  it('warns of what GitHub does not know, of credentials, and of an issue that says not when it is done', async () => {
    const secret = `ghp_${'a1'.repeat(18)}`;
    const { id } = await issuing.draft(member, sessionId, {
      body: `Seen with ${secret}.`,
      labels: ['bug', 'no-such-label'],
      assignees: ['nobody-here'],
      acceptance: [],
    });
    const { warnings } = await preview(id);
    expect(warnings).toEqual([
      expect.stringMatching(/GitHub token/),
      expect.stringMatching(/no label no-such-label/),
      expect.stringMatching(/cannot assign nobody-here/),
      expect.stringMatching(/acceptance is empty/),
    ]);
    expect(warnings.join()).not.toContain(secret);
  });

  it('says in a problem when GitHub cannot be asked, and never gives half a preview', async () => {
    const { id } = await issuing.draft(member, sessionId);
    await issuing.spoilForge({
      kind: 'secondary',
      retryAfter: 7,
      match: '^GET /repos/acme/todo-api/labels$',
      times: 9,
    });
    const answer = await member.get<Refusal>(`/api/issues/${id}/preview`);
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([503, 'github.rate-limited', '7']);
    await issuing.mend();
    await waitFor('the pause that GitHub asked for', async () => {
      const { status } = await member.get(`/api/issues/${id}/preview`);
      return status === 200;
    });
  });
});

describe('adopting an issue that is on GitHub', () => {
  const adopt = (githubNumber: number) =>
    member.post<IssueView & Refusal>(`/api/sessions/${sessionId}/issues`, { githubNumber });

  it('brings its text here, once for a session however often it is asked for', async () => {
    const [first, second] = await Promise.all([adopt(1), adopt(1)]);
    expect([first.status, second.status, (await adopt(1)).body.id]).toEqual([201, 201, first.body.id]);
    expect(second.body.id).toBe(first.body.id);
    expect(first.body).toMatchObject({ status: 'published', githubNumber: 1, labels: ['bug'], revision: 1 });
    expect(first.body.title).toMatch(/last to-do/);
    expect(first.body.body).toContain('21 to-dos');
    expect(first.body.githubUrl).toMatch(/\/acme\/todo-api\/issues\/1$/);
    expect(await issuing.audited(first.body.id)).toEqual([
      { action: 'issue.adopt', result: 'ok', login: 'member', via: 'cookie' },
    ]);
  });

  it('makes another one of it in another session', async () => {
    const other = await issuing.session(member);
    const [here, there] = [
      await adopt(2),
      await member.post<IssueView>(`/api/sessions/${other}/issues`, { githubNumber: 2 }),
    ];
    expect([here.status, there.status, here.body.id === there.body.id]).toEqual([201, 201, false]);
  });

  it('is already published, and writes nothing to GitHub', async () => {
    const { id, githubNumber } = (await adopt(3)).body;
    const published = await member.post<IssueView>(`/api/issues/${id}/publish`);
    expect([published.status, published.body.githubNumber]).toEqual([200, githubNumber]);
    expect((await member.patch(`/api/issues/${id}`, { title: 'Mine' })).status).toBe(409);
    expect((await issuing.ledger()).issues).toEqual([]);
  });

  it('refuses a number that is not there, and one together with a wish for a draft', async () => {
    const missing = await adopt(4_711);
    expect([missing.status, missing.body.code]).toEqual([404, 'github.issue-not-found']);
    for (const body of [
      { githubNumber: 1, title: 'Mine' },
      { githubNumber: 0 },
      { githubNumber: '1' },
      { githubNumber: 1.5 },
    ]) {
      expect((await member.post(`/api/sessions/${sessionId}/issues`, body)).status).toBe(422);
    }
  });
});
