import { type ApiClient, bearing, signIn } from '../support/index.js';
import { type Problem, type Solve, start } from './solving.js';
import { type ScriptedStack, startScriptedStack } from './stack-with-script.js';

interface Refused {
  readonly status: number;
  readonly code: string;
}

describe('who may do what with solves', () => {
  let on: ScriptedStack;
  let admin: ApiClient;
  let solve: Solve;

  beforeAll(async () => {
    on = await startScriptedStack();
    admin = await signIn(on.api, 'admin');
    solve = await start(on.member, on.issueId);
  }, 300_000);

  afterAll(() => on.stack.stop());

  const refusal = ({ status, body }: { status: number; body: Problem }): Refused => ({ status, code: body.code });

  async function invite(role: 'viewer' | 'editor'): Promise<void> {
    const { body } = await admin.get<{ id: string }>('/api/auth/me');
    await on.member.delete(`/api/sessions/${on.sessionId}/members/${body.id}`);
    await on.stack.sql('INSERT INTO session_members (session_id, user_id, role) VALUES ($1, $2, $3)', [
      on.sessionId,
      body.id,
      role,
    ]);
  }

  it.each(['', '/events', '/diff', '/trajectory'])(
    'somebody who takes no part in the session finds no %s, not even that there is one',
    async (path) => {
      const json = { accept: 'application/json' };
      const foreign = await admin.get<Problem>(`/api/solves/${solve.id}${path}`, json);
      const unknown = await admin.get<Problem>(`/api/solves/01900000-0000-7000-8000-000000000000${path}`, json);
      const malformed = await admin.get<Problem>(`/api/solves/1%20or%201${path}`, json);
      expect([foreign, unknown, malformed].map(refusal)).toEqual(
        Array(3).fill({ status: 404, code: 'solver.not-found' }),
      );
    },
  );

  it('V11: a stranger starts none, cancels none, opens no pull request, and sees none in any list', async () => {
    expect((await admin.post(`/api/issues/${on.issueId}/solves`, {})).status).toBe(404);
    expect((await admin.post(`/api/solves/${solve.id}/cancel`, {})).status).toBe(404);
    expect((await admin.post(`/api/solves/${solve.id}/pull-request`, {})).status).toBe(404);
    expect((await admin.get(`/api/sessions/${on.sessionId}/solves`)).status).toBe(404);
    expect((await admin.get<{ items: unknown[] }>('/api/solves')).body.items).toEqual([]);
    expect((await on.member.get<Solve>(`/api/solves/${solve.id}`)).body.status).toBe('queued');
  });

  it('a viewer reads and does nothing, whatever the body is', async () => {
    await invite('viewer');
    expect((await admin.get(`/api/solves/${solve.id}`)).status).toBe(200);
    expect((await admin.post(`/api/issues/${on.issueId}/solves`, { nonsense: true })).status).toBe(403);
    expect((await admin.post(`/api/solves/${solve.id}/cancel`, {})).status).toBe(403);
    expect((await admin.post(`/api/solves/${solve.id}/pull-request`, { nonsense: true })).status).toBe(403);
  });

  it("an editor does not cancel somebody else's solve", async () => {
    await invite('editor');
    const refused = await admin.post<Problem>(`/api/solves/${solve.id}/cancel`, {});
    expect(refusal(refused)).toEqual({ status: 403, code: 'solver.not-yours' });
  });

  it('without the right to write on GitHub nobody starts a solve or opens a pull request', async () => {
    const change = (permission: string): Promise<Response> =>
      fetch(`${on.stack.forgeUrl}/_forge/permissions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'member', repository: 'acme/todo-api', permission }),
      });
    await change('read');
    await on.stack.sql('DELETE FROM repository_permissions');
    expect((await on.member.post(`/api/issues/${on.issueId}/solves`, {})).status).toBe(403);
    expect((await on.member.post(`/api/solves/${solve.id}/pull-request`, {})).status).toBe(403);
    expect((await on.member.get(`/api/solves/${solve.id}`)).status).toBe(200);
    await change('write');
    await on.stack.sql('DELETE FROM repository_permissions');
  });

  it('a token needs the scope for solves', async () => {
    const token = async (scopes: string[]): Promise<ApiClient> => {
      const made = await on.member.post<{ token: string }>('/api/auth/tokens', { name: scopes.join(), scopes });
      return bearing(on.api, made.body.token);
    };
    const reading = await token(['read', 'write']);
    expect((await reading.get(`/api/solves/${solve.id}`)).status).toBe(200);
    expect((await reading.post(`/api/issues/${on.issueId}/solves`, {})).status).toBe(403);
    const solving = await token(['solve', 'read']);
    expect((await solving.post(`/api/solves/${solve.id}/cancel`, {})).status).toBe(202);
  });

  it('V1: a start is answered without waiting for the work: nobody works here, and the solve is there', async () => {
    const begun = await on.member.post<Solve>(`/api/issues/${on.issueId}/solves`, {});
    expect(begun).toMatchObject({ status: 202, body: { status: 'queued', spent: { steps: 0, seconds: 0 } } });
    await on.member.post(`/api/solves/${begun.body.id}/cancel`);
  });

  it.each([['x'], [7], ["' OR 1=1"]])('a list does not take %j for a place in it', async (place) => {
    const cursor = Buffer.from(JSON.stringify([place])).toString('base64url');
    for (const path of ['/api/solves', `/api/sessions/${on.sessionId}/solves`]) {
      const answer = await on.member.get<Problem>(`${path}?cursor=${cursor}`);
      expect(refusal(answer)).toEqual({ status: 422, code: 'pagination.cursor' });
    }
  });

  it('the same key starts one solve', async () => {
    const key = { 'idempotency-key': 'one-solve-please' };
    const first = await on.member.post<Solve>(`/api/issues/${on.issueId}/solves`, {}, key);
    const again = await on.member.post<Solve>(`/api/issues/${on.issueId}/solves`, {}, key);
    expect(again).toMatchObject({ status: 202, body: { id: first.body.id } });
  });

  it('in an archived session none is started and no pull request is opened until it is restored; one can be cancelled', async () => {
    const running = await start(on.member, on.issueId);
    const archive = (archived: boolean) => on.member.patch(`/api/sessions/${on.sessionId}`, { archived });
    await archive(true);
    const refused = await on.member.post<Problem>(`/api/issues/${on.issueId}/solves`, {});
    expect(refusal(refused)).toEqual({ status: 409, code: 'sessions.archived' });
    const pull = await on.member.post<Problem>(`/api/solves/${running.id}/pull-request`, {});
    expect(pull.status).toBe(409);
    expect((await on.member.post(`/api/solves/${running.id}/cancel`, {})).status).toBe(202);
    await archive(false);
    expect((await on.member.post(`/api/issues/${on.issueId}/solves`, {})).status).toBe(202);
  });

  it('is refused for its number first, then for what was asked, then for the state of the issue', async () => {
    const issue = (status: string) => on.stack.sql('UPDATE issues SET status = $1 WHERE id = $2', [status, on.issueId]);
    const [before] = await on.stack.sql<{ status: string }>('SELECT status FROM issues WHERE id = $1', [on.issueId]);
    const ask = async (wish: object): Promise<Refused> =>
      refusal(await on.member.post<Problem>(`/api/issues/${on.issueId}/solves`, wish));
    await issue('drafting');
    expect(await ask({ model: 'no/such-model' })).toEqual({ status: 422, code: 'solver.unknown-model' });
    expect(await ask({})).toEqual({ status: 409, code: 'solver.issue-not-ready' });
    await issue(String(before?.status));
    while ((await ask({})).status === 202);
    await issue('drafting');
    expect(await ask({ model: 'no/such-model' })).toEqual({ status: 429, code: 'solver.too-many-open' });
    await issue(String(before?.status));
  });

  it('every refusal is in the audit trail', async () => {
    const [row] = await on.stack.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_entries WHERE result = 'denied' AND actor_login = 'admin'`,
    );
    expect(row?.n).toBeGreaterThanOrEqual(16);
  });
});
