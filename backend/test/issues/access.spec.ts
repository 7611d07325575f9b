import { anonymous, type ApiClient, bearing, startWorker } from '../support/index.js';
import { expected, type IssueView, Issuing, type Refusal } from './issuing.js';

const NOBODYS = '0197a3c4-0000-7000-8000-000000000001';

type Call = readonly [method: 'get' | 'post' | 'patch' | 'delete', path: (id: string) => string, body?: object];

const READS: readonly Call[] = [
  ['get', (id) => `/api/issues/${id}`],
  ['get', (id) => `/api/issues/${id}/revisions`],
  ['get', (id) => `/api/issues/${id}/preview`],
];
const WRITES: readonly Call[] = [
  ['patch', (id) => `/api/issues/${id}`, { title: 'New' }],
  ['post', (id) => `/api/issues/${id}/redraft`, { instructions: 'Again.' }],
  ['post', (id) => `/api/issues/${id}/revisions/1/restore`],
  ['post', (id) => `/api/issues/${id}/publish`],
  ['delete', (id) => `/api/issues/${id}`],
];
const BAD_BODY = { title: 7, unknown: true };

describe('who may do what with an issue', () => {
  let issuing: Issuing;
  let member: ApiClient;
  let admin: ApiClient;
  let auditor: ApiClient;
  let sessionId: string;
  let issue: IssueView;

  beforeAll(async () => {
    issuing = await Issuing.start();
    [member, admin, auditor] = [await issuing.as('member'), await issuing.as('admin'), await issuing.as('auditor')];
    await startWorker(issuing.stack);
    sessionId = await issuing.session(member);
    issue = await issuing.draft(member, sessionId);
  });
  beforeEach(() => issuing.mend());
  afterAll(() => issuing.stop());

  const send = (client: ApiClient, [method, path, body]: Call, id = issue.id) =>
    method === 'get' ? client.get<Refusal>(path(id)) : client[method]<Refusal>(path(id), body);
  const statuses = async (client: ApiClient, calls: readonly Call[], id?: string): Promise<number[]> =>
    (await Promise.all(calls.map((call) => send(client, call, id)))).map(({ status }) => status);
  const all = (status: number, calls: readonly Call[]): number[] => calls.map(() => status);
  const share = async (client: ApiClient, role: string): Promise<string> => {
    const userId = (await client.get<{ id: string }>('/api/auth/me')).body.id;
    expected(await member.post(`/api/sessions/${sessionId}/members`, { userId, role }), 201);
    return userId;
  };

  it('is nothing for who has not signed in', async () => {
    expect(await statuses(anonymous(issuing.api), [...READS, ...WRITES])).toEqual(all(401, [...READS, ...WRITES]));
  });

  it('is unknown to who takes no part in its session, administrators and auditors too', async () => {
    for (const client of [admin, auditor]) {
      expect(await statuses(client, [...READS, ...WRITES])).toEqual(all(404, [...READS, ...WRITES]));
      expect((await client.get(`/api/sessions/${sessionId}/issues`)).status).toBe(404);
      expect((await client.post(`/api/sessions/${sessionId}/issues`, { githubNumber: 1 })).status).toBe(404);
    }
    expect((await send(admin, READS[0]!)).body.code).toBe('issues.not-found');
  });

  it('D4: an issue that is not there is 404 everywhere, whatever is sent along', async () => {
    for (const id of [NOBODYS, 'not-an-id', '%00', '..%2f..']) {
      expect(await statuses(member, [...READS, ...WRITES], id)).toEqual(all(404, [...READS, ...WRITES]));
      expect((await member.patch(`/api/issues/${id}`, BAD_BODY)).status).toBe(404);
    }
    expect((await member.get(`/api/sessions/${NOBODYS}/issues`)).status).toBe(404);
    expect((await member.post(`/api/sessions/${NOBODYS}/issues`, BAD_BODY)).status).toBe(404);
  });

  it('is read by a viewer and changed by an editor', async () => {
    const adminId = await share(admin, 'viewer');
    expect(await statuses(admin, READS)).toEqual(all(200, READS));
    expect(await statuses(admin, WRITES)).toEqual(all(403, WRITES));
    expect((await admin.post(`/api/sessions/${sessionId}/issues`, BAD_BODY)).status).toBe(403);
    expected(await member.patch(`/api/sessions/${sessionId}/members/${adminId}`, { role: 'editor' }), 200);
    const own = await issuing.draft(admin, sessionId, { title: "An editor's own" });
    expect((await admin.post(`/api/issues/${own.id}/publish`)).status).toBe(201);
    expect((await issuing.ledger()).issues).toEqual([expect.objectContaining({ author: 'admin' })]);
  });

  it('is published only by who may write to the repository on GitHub', async () => {
    await share(auditor, 'editor');
    const own = await issuing.draft(auditor, sessionId, { title: 'Not by the auditor' });
    const refused = await auditor.post<Refusal>(`/api/issues/${own.id}/publish`);
    expect([refused.status, refused.body.code]).toEqual([403, 'sessions.repository-read-only']);
    const preview = await auditor.get<{ warnings: string[] }>(`/api/issues/${own.id}/preview`);
    expect(preview.body.warnings).toContainEqual(expect.stringMatching(/may not write/));
    expect((await issuing.ledger()).issues).toEqual([]);
  });

  it('is gone for who may no longer read the repository; deleting it here stays possible', async () => {
    const own = await issuing.draft(member, sessionId, { title: 'Soon out of sight' });
    await issuing.permit('member', 'none');
    const looked = await statuses(member, [...READS, ...WRITES.slice(0, 4)], own.id);
    const deleted = await member.delete(`/api/issues/${own.id}`);
    await issuing.permit('member', 'write');
    expect(looked).toEqual(all(404, [...READS, ...WRITES.slice(0, 4)]));
    expect(deleted.status).toBe(204);
  });

  it('is written by a token with the scope for it only, and every refusal is in the audit trail', async () => {
    const token = await member.post<{ token: string }>('/api/auth/tokens', { name: 'reader', scopes: ['read'] });
    const reader = bearing(issuing.api, expected(token, 201).token);
    expect(await statuses(reader, READS)).toEqual(all(200, READS));
    expect(await statuses(reader, WRITES)).toEqual(all(403, WRITES));
    const [{ denied } = { denied: 0 }] = await issuing.stack.sql<{ denied: number }>(
      `SELECT count(*)::int AS denied FROM audit_entries WHERE result = 'denied' AND via = 'token'`,
    );
    expect(denied).toBe(WRITES.length);
  });
});

describe('limits', () => {
  it('are counted for drafts and for publishing, and not for what was refused', async () => {
    const issuing = await Issuing.start({ env: { LIMIT_DRAFT: '2', LIMIT_PUBLISH: '1' } });
    try {
      await startWorker(issuing.stack);
      const member = await issuing.as('member');
      const sessionId = await issuing.session(member);
      const ask = (body: object) => member.post(`/api/sessions/${sessionId}/issues`, body);
      expect((await ask({ title: '' })).status).toBe(422);
      const { id } = await issuing.draft(member, sessionId);
      expect((await ask({ instructions: 'Second.' })).status).toBe(201);
      const third = await ask({ instructions: 'Third.' });
      expect([third.status, Number(third.headers['retry-after']) > 0]).toEqual([429, true]);
      expect((await member.post(`/api/issues/${id}/publish`)).status).toBe(201);
      expect((await member.post(`/api/issues/${id}/publish`)).status).toBe(429);
    } finally {
      await issuing.stop();
    }
  });
});
