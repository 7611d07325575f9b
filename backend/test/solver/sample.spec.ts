import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  type ApiClient,
  signIn,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
} from '../support/index.js';
import {
  ended,
  eventsOf,
  type Page,
  type Problem,
  type Solve,
  type SolveEvent,
  start,
  takeUpIssue,
} from './solving.js';

interface Diff {
  readonly files: readonly { readonly path: string; readonly status: string }[];
  readonly patch: string;
}

interface PullRequest {
  readonly number: number;
  readonly url: string;
}

describe("the sample's issue, with the local model", () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  let solve: Solve;
  let number: number;

  beforeAll(async () => {
    stack = await startStack({ forge: true, model: true });
    api = await startApi(stack);
    await startWorker(stack);
    member = await signIn(api, 'member');
    const taken = await takeUpIssue(member);
    number = taken.number;
    solve = await ended(member, (await start(member, taken.issueId)).id);
  }, 300_000);

  afterAll(() => stack.stop());

  it('V6: is solved: the red test is green, nothing is broken, and the diff says how', async () => {
    expect({ status: solve.status, reason: solve.reason, detail: solve.detail }).toEqual({ status: 'completed' });
    expect(solve.diffStat.files).toBe(3);
    expect(solve.tests?.before.exitCode).not.toBe(0);
    expect(solve.tests?.after.exitCode).toBe(0);
    expect(solve.tests?.fixed).toHaveLength(1);
    expect(solve.tests?.regressed).toEqual([]);
    const { body } = await member.get<Diff>(`/api/solves/${solve.id}/diff`, { accept: 'application/json' });
    expect(body.files.map(({ path }) => path)).toEqual([
      'CHANGELOG.md',
      'src/todos/paginate.js',
      'test/paginate.test.js',
    ]);
    expect(body.patch).toContain('+  const more = start + limit < todos.length;');
    const text = await member.get(`/api/solves/${solve.id}/diff`);
    expect(text.headers['content-type']).toContain('text/x-diff');
    expect(text.text).toBe(body.patch);
  });

  it('tells each step with its command, output and result, numbered without a gap', async () => {
    const events = await eventsOf(member, solve.id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
    const steps = events.filter(({ type }) => type === 'step');
    expect(steps.length).toBeGreaterThanOrEqual(8);
    expect(events.filter(({ type }) => type === 'result')).toHaveLength(steps.length);
    expect(events.filter(({ type }) => type === 'test').map((event) => event['phase'])).toEqual(['before', 'after']);
    expect(events.at(-1)).toMatchObject({ type: 'done', status: 'completed' });
    expect(solve.spent.steps).toBe(steps.length + 1);
  });

  it('streams the same events, and after a loss of the connection exactly the rest', async () => {
    const stored = await eventsOf(member, solve.id);
    const all: SolveEvent[] = [];
    for await (const { id, event, data } of member.stream<SolveEvent>(`/api/solves/${solve.id}/events`)) {
      expect({ id, event }).toEqual({ id: String(data.seq), event: data.type });
      all.push(data);
    }
    expect(all).toEqual(stored);
    const rest: SolveEvent[] = [];
    for await (const { data } of member.stream<SolveEvent>(`/api/solves/${solve.id}/events`, { lastEventId: '7' })) {
      rest.push(data);
    }
    expect(rest).toEqual(stored.slice(7));
    const page = await member.get<Page<SolveEvent>>(`/api/solves/${solve.id}/events?after=3&limit=2`, {
      accept: 'application/json',
    });
    expect(page.body).toEqual({ items: stored.slice(3, 5), nextCursor: '5' });
  });

  it('books what the model took to the person who asked for it', async () => {
    const [row] = await stack.sql<{ tokens: string; ref: string }>(
      "SELECT sum(tokens) AS tokens, min(ref::text) AS ref FROM usage_ledger WHERE kind = 'solve'",
    );
    expect(row).toEqual({ tokens: String(solve.spent.tokens), ref: solve.id });
    expect(solve.spent.tokens).toBeGreaterThan(0);
  });

  it('gives the whole conversation', async () => {
    const { body } = await member.get<{ messages: { role: string }[]; repository: string; baseCommit: string }>(
      `/api/solves/${solve.id}/trajectory`,
    );
    expect(body.repository).toBe('acme/todo-api');
    expect(body.baseCommit).toMatch(/^[0-9a-f]{40}$/);
    expect(body.messages.slice(0, 3).map(({ role }) => role)).toEqual(['system', 'user', 'assistant']);
    expect(JSON.stringify(body.messages.at(-1))).toContain('submit');
  });

  it('is found in its session, in all my solves and in their filters, and counted', async () => {
    const ids = async (path: string): Promise<string[]> =>
      (await member.get<Page<Solve>>(path)).body.items.map(({ id }) => id);
    expect(await ids(`/api/sessions/${solve.sessionId}/solves`)).toEqual([solve.id]);
    expect(await ids('/api/solves?status=completed&owner=Acme&repo=todo-api&mine=true')).toEqual([solve.id]);
    expect(await ids('/api/solves?status=queued')).toEqual([]);
    expect(await ids('/api/solves?repo=other')).toEqual([]);
    const session = await member.get<{ counts: { solves: number } }>(`/api/sessions/${solve.sessionId}`);
    expect(session.body.counts.solves).toBe(1);
  });

  it('becomes one pull request, however often and however concurrently it is asked for', async () => {
    const path = `/api/solves/${solve.id}/pull-request`;
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => member.post<PullRequest>(path, {})));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.number)).size).toBe(1);
    const again = await member.post<PullRequest>(path, { title: 'Another title' });
    expect(again.body).toEqual(answers[0]?.body);
    const made = (await (await fetch(`${stack.forgeUrl}/_forge/ledger`)).json()) as { pulls: { number: number }[] };
    expect(made.pulls.map((pull) => pull.number)).toEqual([again.body.number]);
    const shown = await member.get<Solve>(`/api/solves/${solve.id}`);
    expect(shown.body.pullRequest).toEqual({ status: 'open', number: again.body.number, url: again.body.url });
  });

  it('V9: pushes one commit in the name of the person, that closes the issue and makes the red test pass', async () => {
    const [pull] = await stack.sql<{ head: string; body: string }>('SELECT head, body FROM pull_requests');
    expect(pull?.body).toContain(`Closes #${number}`);
    const bare = execFileSync('find', [join(stack.folder, 'forge'), '-type', 'd', '-name', 'todo-api.git'], {
      encoding: 'utf8',
    }).trim();
    const git = (...args: string[]): string =>
      execFileSync('git', ['--git-dir', bare, ...args], { encoding: 'utf8' }).trim();
    expect(git('rev-list', '--count', `main..${pull?.head ?? ''}`)).toBe('1');
    expect(git('log', '-1', '--format=%ae', pull?.head ?? '')).toMatch(/^\d+\+member@users\.noreply\.github\.com$/);
    const patch = await member.get(`/api/solves/${solve.id}/diff`);
    expect(`${git('diff', '--full-index', '--binary', 'main', pull?.head ?? '')}\n`).toBe(patch.text);
  });

  it('leaves its acts in the audit trail, each once', async () => {
    const rows = await stack.sql<{ action: string; actor_login: string; result: string }>(
      `SELECT action, actor_login, result FROM audit_entries WHERE action LIKE 'solve.%' OR action LIKE 'pull-request.%' ORDER BY seq`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'solve.start',
      'solve.end',
      'pull-request.request',
      'pull-request.open',
    ]);
    expect(new Set(rows.map(({ actor_login: login }) => login))).toEqual(new Set(['member']));
    const admin = await signIn(api, 'admin');
    expect((await admin.get<{ intact: boolean }>('/api/audit/verify')).body.intact).toBe(true);
  });

  it('fails without the step that mends the fault, and then becomes no pull request', async () => {
    await fetch(`${stack.modelUrl}/_model/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'skip-fix' }),
    });
    const { issueId } = await takeUpIssue(member);
    const failed = await ended(member, (await start(member, issueId)).id);
    expect(failed).toMatchObject({ status: 'failed', reason: 'tests.regressed' });
    const refused = await member.post<Problem>(`/api/solves/${failed.id}/pull-request`, {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'solver.not-reviewable' } });
  });

  it('on any other issue says that it cannot', async () => {
    const { issueId } = await takeUpIssue(member, /Repeat a to-do/);
    const failed = await ended(member, (await start(member, issueId)).id);
    expect(failed).toMatchObject({ status: 'failed', reason: 'agent.gave-up', spent: { steps: 1 } });
    expect(failed.detail).toContain('cannot solve it');
  });

  it('is refused for a model that the catalogue does not have', async () => {
    const { issueId } = await takeUpIssue(member);
    const refused = await member.post<Problem>(`/api/issues/${issueId}/solves`, { model: 'no/such' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'solver.unknown-model' } });
    const models = await member.get<Page<{ id: string; standard: boolean }>>('/api/models');
    expect(models.body.items.find(({ standard }) => standard)?.id).toBe('local/stand-in');
  });
});
