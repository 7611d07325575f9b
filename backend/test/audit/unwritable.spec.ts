import type { Reply } from '../support/index.js';
import { type ApiClient, type Stack, startWorker, type TestApp } from '../support/index.js';
import { Issuing } from '../issues/issuing.js';
import { Browser } from '../auth/browser.js';

describe('where the trail cannot be written', () => {
  let issuing: Issuing;
  let stack: Stack;
  let member: ApiClient;
  let admin: ApiClient;
  const made = { session: '', issue: '', token: '', user: '', auditor: '' };

  beforeAll(async () => {
    issuing = await Issuing.start();
    ({ stack } = issuing);
    [member, admin] = await Promise.all([issuing.as('member'), issuing.as('admin')]);
    const worker: TestApp = await startWorker(stack);
    made.session = await issuing.session(member);
    made.issue = (await issuing.draft(member, made.session)).id;
    made.token = (await member.post<{ id: string }>('/api/auth/tokens', { name: 'a', scopes: ['read'] })).body.id;
    made.user = (await admin.get<{ id: string }>('/api/auth/me')).body.id;
    made.auditor = (await (await issuing.as('auditor')).get<{ id: string }>('/api/auth/me')).body.id;
    await worker.stop();
    await stack.sql(`
      CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no space left: secret-inside'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION full_disk()`);
  });
  afterAll(() => issuing.stop());

  /** Every row of every table, but for what each request notes of itself. */
  async function everything(): Promise<Record<string, string | null>> {
    const tables = await stack.sql<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const digests: Record<string, string | null> = {};
    for (const { name } of tables) {
      const row = name === 'logins' ? `(to_jsonb(t) - 'last_used_at' - 'last_seen_at')` : 't';
      const [found] = await stack.sql<{ digest: string | null }>(
        `SELECT md5(string_agg(${row}::text, ',' ORDER BY ${row}::text)) AS digest FROM "${name}" t`,
      );
      digests[name] = found?.digest ?? null;
    }
    return digests;
  }

  type Act = [what: string, act: () => Promise<Reply<unknown>>];
  const acts: Act[] = [
    ['a session', () => member.post('/api/sessions', { owner: 'acme', repo: 'todo-api' })],
    ['a change of a session', () => member.patch(`/api/sessions/${made.session}`, { title: 'Another' })],
    ['a message', () => member.post(`/api/sessions/${made.session}/messages`, { text: 'x', clientMessageId: 'm1' })],
    ['a card', () => member.post(`/api/sessions/${made.session}/cards`, { title: 'x', content: 'y' })],
    ['a member', () => member.post(`/api/sessions/${made.session}/members`, { userId: made.user, role: 'editor' })],
    ['a draft', () => member.post(`/api/sessions/${made.session}/issues`, { instructions: 'x' })],
    ['an edit', () => member.patch(`/api/issues/${made.issue}`, { title: 'Another' })],
    ['publishing', () => member.post(`/api/issues/${made.issue}/publish`)],
    ['a solve', () => member.post(`/api/issues/${made.issue}/solves`, {})],
    ['a token', () => member.post('/api/auth/tokens', { name: 'b', scopes: ['read'] })],
    ['the end of a token', () => member.delete(`/api/auth/tokens/${made.token}`)],
    ['a role', () => admin.patch(`/api/admin/users/${made.auditor}`, { role: 'member' })],
    ['the end of a session', () => member.delete(`/api/sessions/${made.session}`)],
    ['an export of a session', () => member.get(`/api/sessions/${made.session}/export?format=json`)],
    ['reading the trail', () => admin.get('/api/audit/entries?action=nothing')],
    ['an export of the trail', () => admin.get('/api/audit/export?format=csv')],
  ];

  it.each(acts)('%s does not happen, and says nothing of why', async (_what, act) => {
    const before = await everything();
    const answer = await act();
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret-inside');
    expect(await everything()).toEqual(before);
  });

  it('nobody signs in', async () => {
    const before = await everything();
    const browser = new Browser(issuing.api);
    await browser.signIn('auditor').catch(() => undefined);
    expect(browser.cookies.get('yudai')).toBeUndefined();
    const after = await everything();
    for (const table of ['logins', 'users', 'github_tokens', 'audit_entries']) expect(after[table]).toBe(before[table]);
  });

  it('nothing has been made on GitHub; and afterwards everything happens', async () => {
    const ledger = await issuing.ledger();
    expect(ledger.issues.filter(({ title }) => title === 'A title')).toEqual([]);
    await stack.sql('DROP TRIGGER full_disk ON audit_entries');
    expect((await member.post(`/api/issues/${made.issue}/publish`)).status).toBe(202);
  });
});
