import { createHmac, randomUUID } from 'node:crypto';
import {
  type ApiClient,
  signIn,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
  waitFor,
  WEBHOOK_SECRET,
} from '../support/index.js';
import { ForgeControl } from './forge-control.js';

interface Problem {
  readonly code: string;
}

describe('webhooks', () => {
  let stack: Stack;
  let api: TestApi;
  let forge: ForgeControl;
  let member: ApiClient;
  beforeAll(async () => {
    stack = await startStack({ forge: true, env: { GITHUB_TIMEOUT_SECONDS: '30' } });
    api = await startApi(stack);
    await startWorker(stack);
    forge = new ForgeControl(stack);
    member = await signIn(api, 'member');
    await member.get('/api/github/repositories/acme/todo-api');
  });
  afterAll(() => stack.stop());

  async function deliver(
    body: string,
    changes: Record<string, string | undefined> = {},
  ): Promise<{ status: number; code: string; id: string }> {
    const id = randomUUID();
    const headers: Record<string, string | undefined> = {
      'content-type': 'application/json',
      'x-github-event': 'ping',
      'x-github-delivery': id,
      'x-hub-signature-256': `sha256=${createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex')}`,
      ...changes,
    };
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >;
    const answer = await fetch(`${api.url}/api/github/webhooks`, { method: 'POST', body, headers: given });
    return {
      status: answer.status,
      code: ((await answer.json()) as Problem).code,
      id: given['x-github-delivery'] ?? '',
    };
  }
  const stored = (id: string) =>
    stack.sql<{ processed: boolean; event: string }>(
      'SELECT processed_at IS NOT NULL AS processed, event FROM webhook_deliveries WHERE id = $1',
      [id],
    );
  const processed = (id: string) =>
    waitFor('the delivery to be processed', async () => (await stored(id))[0]?.processed);
  const audited = (id: string) =>
    stack.sql("SELECT via, actor_type FROM audit_entries WHERE action = 'webhook.process' AND target_id = $1", [id]);

  it('are taken when they are signed over their bytes, and processed by a job', async () => {
    const { status, id } = await deliver('{"zen":"größer"}');
    expect(status).toBe(202);
    await processed(id);
    expect(await audited(id)).toEqual([{ via: 'webhook', actor_type: 'webhook' }]);
  });

  it.each([
    ['no signature', { 'x-hub-signature-256': undefined }],
    ['an empty one', { 'x-hub-signature-256': '' }],
    [
      'one with another secret',
      { 'x-hub-signature-256': `sha256=${createHmac('sha256', 'another').update('{"a":1}').digest('hex')}` },
    ],
    [
      'one of other bytes',
      { 'x-hub-signature-256': `sha256=${createHmac('sha256', WEBHOOK_SECRET).update('{"a": 1}').digest('hex')}` },
    ],
    [
      'the old kind alone',
      {
        'x-hub-signature-256': undefined,
        'x-hub-signature': `sha1=${createHmac('sha1', WEBHOOK_SECRET).update('{"a":1}').digest('hex')}`,
      },
    ],
  ])('are refused with %s, and nothing is kept', async (_what, headers) => {
    const answer = await deliver('{"a":1}', headers);
    expect([answer.status, answer.code]).toEqual([401, 'github.webhook-signature']);
    expect(await stored(answer.id)).toEqual([]);
  });

  it('that come twice are processed once', async () => {
    const id = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => deliver('{"a":1}', { 'x-github-delivery': id })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    await processed(id);
    expect((await deliver('{"a":1}', { 'x-github-delivery': id })).status).toBe(202);
    const other = await deliver('{}');
    await processed(other.id);
    expect(await audited(id)).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{"a":', {}],
    ['a list', '[1]', {}],
    ['an id that is none', '{}', { 'x-github-delivery': '1' }],
    ['no event', '{}', { 'x-github-event': undefined }],
    ['an odd event', '{}', { 'x-github-event': 'Drop Table' }],
  ])('that are signed and have %s are refused as such', async (_what, body, headers) => {
    const answer = await deliver(body, headers);
    expect([answer.status, answer.code]).toEqual([422, 'github.webhook-invalid']);
  });

  it('with NUL, of unknown events and of unknown forms are taken and change nothing', async () => {
    for (const [event, body] of [
      ['push', '{"ref":"refs/heads/\\u0000","after":"x","repository":{"id":1}}'],
      ['issues', '{"issue":"none"}'],
      ['unheard_of', '{"a":{"b":[{}]}}'],
      ['member', '{"repository":{"id":"text"}}'],
    ] as const) {
      const { status, id } = await deliver(body, { 'x-github-event': event });
      expect([event, status]).toEqual([event, 202]);
      await processed(id);
    }
  });

  it('large ones are taken, too large ones refused', async () => {
    expect((await deliver(JSON.stringify({ text: 'x'.repeat(5_000_000) }))).status).toBe(202);
    expect((await deliver(JSON.stringify({ text: 'x'.repeat(27_000_000) }))).status).toBe(413);
  });

  it('take away a right at once: what was readable is 404, and the browser hears of it', async () => {
    await forge.post('/repositories', { name: 'acme/secret-plans', private: true, files: { 'a.txt': 'a' } });
    const path = '/api/github/repositories/acme/secret-plans';
    expect((await member.get(path)).status).toBe(200);
    const abort = new AbortController();
    const heard: string[] = [];
    // From the beginning, so that nothing is missed while the stream opens.
    const listening = (async () => {
      for await (const event of member.stream('/api/events', { lastEventId: '0-0', signal: abort.signal }))
        heard.push(event.event);
    })();
    // The right is believed for minutes unless GitHub says that it has changed.
    await forge.permission('member', 'acme/secret-plans', 'none');
    await waitFor('the right to be gone', async () => (await member.get(path)).status === 404);
    expect((await member.get(`${path}/branches`)).status).toBe(404);
    await waitFor('the news', () => heard.includes('permission.changed'));
    await forge.permission('member', 'acme/secret-plans', 'write');
    await waitFor('the right to be back', async () => (await member.get(path)).status === 200);
    abort.abort();
    await listening;
  });

  it('overtake an answer that is on its way: what GitHub said before is not believed', async () => {
    await forge.post('/repositories', { name: 'acme/in-flight', private: true, files: { 'a.txt': 'a' } });
    const path = '/api/github/repositories/acme/in-flight';
    expect((await member.get(path)).status).toBe(200);
    await stack.sql('DELETE FROM repository_permissions');
    await forge.fault('slow', '^GET /repos/acme/in-flight$', { ms: 12_000, times: 1 });
    const asked = member.get(path);
    await waitFor('GitHub to have decided', () => forge.isSpent());
    await forge.permission('member', 'acme/in-flight', 'none');
    await waitFor('the news to be processed', async () => {
      const rows = await stack.sql(
        "SELECT 1 FROM repositories WHERE name = 'in-flight' AND rights_changed_at IS NOT NULL",
      );
      return rows.length === 1;
    });
    expect((await asked).status).toBe(404);
    const believed = await stack.sql(
      "SELECT 1 FROM repository_permissions p JOIN repositories r ON r.id = p.repository_id WHERE r.name = 'in-flight'",
    );
    expect(believed).toEqual([]);
  });

  it.each([
    ['organization', 'member_removed'],
    ['membership', 'removed'],
    ['team', 'removed_from_repository'],
  ])('%s: rights in the whole account are asked for anew', async (event, action) => {
    const path = '/api/github/repositories/acme/todo-api';
    expect((await member.get(path)).status).toBe(200);
    const sent = await deliver(JSON.stringify({ action, organization: { login: 'ACME' } }), {
      'x-github-event': event,
    });
    await waitFor('the delivery to be processed', async () => (await stored(sent.id))[0]?.processed);
    expect(await stack.sql('SELECT 1 FROM repository_permissions')).toEqual([]);
    expect((await member.get(path)).status).toBe(200);
  });

  it('follow a repository that is renamed', async () => {
    const [before] = await stack.sql<{ id: string; github_id: string }>(
      "SELECT id, github_id FROM repositories WHERE name = 'todo-api'",
    );
    const repository = {
      id: Number(before!.github_id),
      name: 'todo-service',
      owner: { login: 'acme' },
      private: true,
      archived: false,
      default_branch: 'main',
    };
    const { id } = await deliver(JSON.stringify({ action: 'renamed', repository }), { 'x-github-event': 'repository' });
    await processed(id);
    expect(await stack.sql('SELECT name, private FROM repositories WHERE id = $1', [before!.id])).toEqual([
      { name: 'todo-service', private: true },
    ]);
  });

  it('keep what was said last, in whatever order it comes', async () => {
    const [{ id: repositoryId, github_id: githubId }] = (await stack.sql<{ id: string; github_id: string }>(
      "SELECT id, github_id FROM repositories WHERE name = 'todo-service'",
    )) as [{ id: string; github_id: string }];
    const event = (title: string, updatedAt: string): string =>
      JSON.stringify({
        action: 'edited',
        repository: { id: Number(githubId) },
        issue: { id: 3_000_000_001, number: 77, title, state: 'open', updated_at: updatedAt },
      });
    for (const [title, at] of [
      ['second', '2026-01-02T00:00:00Z'],
      ['first', '2026-01-01T00:00:00Z'],
    ] as const) {
      await processed((await deliver(event(title, at), { 'x-github-event': 'issues' })).id);
    }
    expect(
      await stack.sql('SELECT title, github_id FROM github_issues WHERE repository_id = $1 AND number = 77', [
        repositoryId,
      ]),
    ).toEqual([{ title: 'second', github_id: '3000000001' }]);
  });

  it('one that cannot be processed is given up in the end, and the trail says so', async () => {
    const [{ github_id: githubId }] = (await stack.sql<{ github_id: string }>(
      "SELECT github_id FROM repositories WHERE name = 'todo-service'",
    )) as [{ github_id: string }];
    await stack.sql('ALTER TABLE github_issues ADD CONSTRAINT broken CHECK (number <> 666)');
    const issue = { id: 666, number: 666, title: 'x', state: 'open', updated_at: '2026-01-01T00:00:00Z' };
    const body = JSON.stringify({ action: 'opened', repository: { id: Number(githubId) }, issue });
    const { id } = await deliver(body, { 'x-github-event': 'issues' });
    const row = async () =>
      (
        await stack.sql<{ attempts: number; failed: boolean }>(
          'SELECT attempts, failed_at IS NOT NULL AS failed FROM webhook_deliveries WHERE id = $1 AND lease_until IS NULL',
          [id],
        )
      )[0];
    await waitFor('the first try', async () => ((await row())?.attempts ?? 0) > 0);
    await stack.sql('UPDATE webhook_deliveries SET attempts = 7, run_after = now() WHERE id = $1', [id]);
    await waitFor('the last try', async () => (await row())?.failed, 30_000);
    await stack.sql('ALTER TABLE github_issues DROP CONSTRAINT broken');
    expect(await stack.sql('SELECT action, result, target_name FROM audit_entries WHERE target_id = $1', [id])).toEqual(
      [{ action: 'webhook.process', result: 'error', target_name: 'issues.opened' }],
    );
  });

  it('a user who takes the authorization back has to connect again', async () => {
    const { id } = await deliver(JSON.stringify({ action: 'revoked', sender: { id: 1002 } }), {
      'x-github-event': 'github_app_authorization',
    });
    await processed(id);
    expect((await member.get<Problem>('/api/github/repositories')).body.code).toBe('github.reconnect');
  });
});
