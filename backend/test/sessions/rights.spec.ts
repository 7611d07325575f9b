import { RedisClient } from '../../src/platform/redis/redis.module.js';
import { type Account, type ApiClient, signIn, startApi } from '../support/index.js';
import {
  ended,
  expected,
  openSession,
  readSession,
  type Refusal,
  say,
  startWorkspace,
  type Workspace,
} from './workspace.js';

type Who = 'owner' | 'editor' | 'viewer' | 'stranger';
type Method = 'get' | 'post' | 'patch' | 'delete';

let workspace: Workspace;
let people: Readonly<Record<Who, ApiClient>>;
let sessionId: string;
let messageId: string;
let answerId: string;
let cardId: string;
let ids: Readonly<Record<Account, string>>;

beforeAll(async () => {
  workspace = await startWorkspace();
  await workspace.repository('vault', { 'README.md': '# Vault\n' });
  const clients = {
    admin: await workspace.as('admin'),
    member: await workspace.as('member'),
    auditor: await workspace.as('auditor'),
  };
  ids = { admin: await idOf(clients.admin), member: await idOf(clients.member), auditor: await idOf(clients.auditor) };
  const { member: owner, auditor: other } = clients;
  ({ id: sessionId } = await openSession(owner, 'vault'));
  const sent = await say(owner, sessionId, 'Hello?');
  messageId = sent.message.id;
  answerId = sent.answer.id;
  await ended(owner, sessionId, answerId);
  const card = await expected(
    201,
    owner.post<{ id: string }>(`/api/sessions/${sessionId}/cards`, { title: 'T', content: 'C' }),
  );
  cardId = card.id;
  people = { owner, editor: other, viewer: other, stranger: clients.admin };
}, 300_000);
afterAll(() => workspace.stop());

async function idOf(client: ApiClient): Promise<string> {
  return (await expected(200, client.get<{ id: string }>('/api/auth/me'))).id;
}

/** The auditor's account plays editor and viewer. */
async function become(role: 'editor' | 'viewer'): Promise<void> {
  await people.owner.delete(`/api/sessions/${sessionId}/members/${ids.auditor}`);
  await expected(201, people.owner.post(`/api/sessions/${sessionId}/members`, { userId: ids.auditor, role }));
}

/** Each with a body that is refused (422) or does nothing, so that only the right decides. */
const ROUTES: readonly [Method, string, { viewer: boolean; editor: boolean }][] = [
  ...reading('', '/stats', '/messages', '/messages/:mid/stream', '/cards', '/context', '/members'),
  ...reading('/index', '/files', '/files/content?path=README.md&startLine=x'),
  ['post', '/search', { viewer: true, editor: true }],
  ...writing(['post', '/messages'], ['post', '/messages/:mid/retry'], ['post', '/messages/:mid/stop']),
  ...writing(['post', '/cards'], ['patch', '/cards/:cardId'], ['patch', '/context'], ['post', '/attachments']),
  ...owning(['get', '/export?format=pdf'], ['patch', ''], ['post', '/members'], ['patch', '/members/:me']),
];

function reading(...paths: string[]): [Method, string, { viewer: boolean; editor: boolean }][] {
  return paths.map((path) => ['get', path, { viewer: true, editor: true }]);
}
function writing(...routes: [Method, string][]): [Method, string, { viewer: boolean; editor: boolean }][] {
  return routes.map(([method, path]) => [method, path, { viewer: false, editor: true }]);
}
function owning(...routes: [Method, string][]): [Method, string, { viewer: boolean; editor: boolean }][] {
  return routes.map(([method, path]) => [method, path, { viewer: false, editor: false }]);
}

async function statusOf(who: Who, method: Method, path: string): Promise<number> {
  const at = path.replace(':mid', answerId).replace(':cardId', cardId).replace(':me', ids.member);
  const url = `/api/sessions/${sessionId}${at}`;
  const client = people[who];
  if (method === 'get') return (await client.get(url)).status;
  return (await client[method](url, { nonsense: true })).status;
}

describe.each(['viewer', 'editor'] as const)('a %s', (role) => {
  beforeAll(() => become(role));

  it.each(ROUTES)('%s %s', async (method, path, may) => {
    const status = await statusOf(role, method, path);
    if (may[role]) expect([200, 202, 415, 422]).toContain(status);
    else expect(status).toBe(403);
  });
});

describe('somebody who takes no part, be it an admin', () => {
  it.each(ROUTES)('%s %s', async (method, path) => {
    expect(await statusOf('stranger', method, path)).toBe(404);
  });

  it.each([
    ['a session that is not there', (): string => `/api/sessions/${messageId}`],
    ['an id that is none', (): string => '/api/sessions/none'],
    ['a message of another session', (): string => `/api/sessions/${sessionId}/messages/${cardId}/stream`],
    ['a card that is none', (): string => `/api/sessions/${sessionId}/cards/none`],
  ])('D4: finds nothing at %s, whoever asks', async (_what, path) => {
    const method = path().includes('/cards/') ? 'delete' : 'get';
    expect((await people.owner[method](path())).status).toBe(404);
    expect((await people.stranger[method](path())).status).toBe(404);
  });
});

describe('the owner', () => {
  it('may do everything that the matrix has', async () => {
    for (const [method, path] of ROUTES) {
      expect([200, 202, 409, 415, 422]).toContain(await statusOf('owner', method, path));
    }
  });

  it('shares with people who have signed in, once each, and not with nobody', async () => {
    const members = `/api/sessions/${sessionId}/members`;
    await become('viewer');
    const again = await people.owner.post<Refusal>(members, { userId: ids.auditor, role: 'editor' });
    expect(again).toMatchObject({ status: 409, body: { code: 'sessions.already-member' } });
    const nobody = await people.owner.post<Refusal>(members, { userId: messageId, role: 'editor' });
    expect(nobody).toMatchObject({ status: 422, body: { code: 'sessions.user' } });
    const list = await expected(200, people.viewer.get<{ items: { login: string; role: string }[] }>(members));
    expect(list.items.map(({ login, role }) => `${login} ${role}`)).toEqual(['member owner', 'auditor viewer']);
    expect(await readSession(people.viewer, sessionId)).toMatchObject({ role: 'viewer' });
    await expected(204, people.owner.delete(`${members}/${ids.auditor}`));
    expect((await people.viewer.get(`/api/sessions/${sessionId}`)).status).toBe(404);
  });

  it('hands the session over and stays as an editor; there is always exactly one', async () => {
    const { id } = await openSession(people.owner, 'vault');
    const members = `/api/sessions/${id}/members`;
    const left = await people.owner.delete<Refusal>(`${members}/${ids.member}`);
    expect(left).toMatchObject({ status: 409, body: { code: 'sessions.owner' } });
    await expected(201, people.owner.post(members, { userId: ids.auditor, role: 'viewer' }));
    await expected(200, people.owner.patch(`${members}/${ids.auditor}`, { role: 'owner' }));
    expect(await readSession(people.owner, id)).toMatchObject({ role: 'editor' });
    expect((await people.owner.delete(`/api/sessions/${id}`)).status).toBe(403);
    await expected(204, people.viewer.delete(`/api/sessions/${id}`));
  });
});

describe('an archived session', () => {
  const archive = (archived: boolean) => people.owner.patch(`/api/sessions/${sessionId}`, { archived });
  beforeAll(() => archive(true));
  afterAll(() => archive(false));

  it('says that it is archived only to who has the right to write', async () => {
    await become('viewer');
    expect(await statusOf('viewer', 'post', '/cards')).toBe(403);
    const index = await people.owner.post<Refusal>(`/api/sessions/${sessionId}/index`);
    expect(index).toMatchObject({ status: 409, body: { code: 'sessions.archived' } });
  });
});

describe('somebody who may no longer read the repository on GitHub', () => {
  it('still finds the session, and nothing of the repository', async () => {
    await become('editor');
    const other = await signIn(workspace.api, 'auditor');
    const base = `/api/sessions/${sessionId}`;
    await expected(200, other.get(`${base}/messages`));
    await setRight('none');
    expect(await readSession(other, sessionId)).toMatchObject({ role: 'editor' });
    await expected(200, other.get(`${base}/members`));
    for (const path of ['/messages', '/cards', '/files', '/index', '/context', `/messages/${answerId}/stream`]) {
      expect(await other.get<Refusal>(`${base}${path}`)).toMatchObject({ status: 404 });
    }
    expect((await other.post(`${base}/search`, { query: 'vault' })).status).toBe(404);
    expect((await other.post(`${base}/messages`, { text: 'Hello', clientMessageId: 'locked-out' })).status).toBe(404);
    await setRight('read');
    await expected(200, other.get(`${base}/messages`));
  });
});

async function setRight(permission: 'none' | 'read'): Promise<void> {
  await workspace.forge('permissions', { login: 'auditor', repository: 'acme/vault', permission });
  await workspace.stack.sql('DELETE FROM repository_permissions WHERE user_id = $1', [ids.auditor]);
}

describe('every refusal and every write', () => {
  it('stands in the audit trail', async () => {
    await become('viewer');
    const key = { 'x-request-id': 'refused-for-a-test' };
    await people.viewer.post(`/api/sessions/${sessionId}/messages`, { text: 'x', clientMessageId: 'x' }, key);
    const [refused] = await workspace.stack.sql(
      'SELECT result, reason, actor_login FROM audit_entries WHERE request_id = $1',
      ['refused-for-a-test'],
    );
    expect(refused).toMatchObject({ result: 'denied', reason: 'sessions.role', actor_login: 'auditor' });
    const done = await workspace.stack.sql<{ action: string }>('SELECT DISTINCT action FROM audit_entries');
    expect(done.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        ...['session.create', 'session.share', 'session.unshare', 'session.transfer', 'session.delete'],
        ...['message.send', 'message.answer', 'card.create'],
      ]),
    );
  });
});

describe('the limit of chat', () => {
  it('is for each user, counts what was done and not what was refused, and says when to come again', async () => {
    const api = await startApi(workspace.stack, { LIMIT_CHAT: '2' });
    const path = `/api/sessions/${sessionId}/messages`;
    const { owner: member, stranger: admin } = { owner: people.owner.at(api), stranger: people.stranger.at(api) };
    const { id: own } = await openSession(admin, 'vault');
    await forgetLimits(ids.member, ids.admin);
    const send = (client: ApiClient, to: string, text: string) =>
      client.post<Refusal>(to, { text, clientMessageId: `limited ${text}` });
    for (const text of ['', ' ']) expect((await send(member, path, text)).status).toBe(422);
    expect((await send(member, path, 'One')).status).toBe(201);
    expect((await send(member, path, 'Two')).status).toBe(201);
    const refused = await send(member, path, 'Three');
    expect(refused).toMatchObject({ status: 429 });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await member.post(`${path}/${answerId}/retry`, {})).status).toBe(429);
    expect((await send(admin, `/api/sessions/${own}/messages`, 'Mine')).status).toBe(201);
    await expected(200, member.get(path));
  });
});

async function forgetLimits(...userIds: string[]): Promise<void> {
  const redis = workspace.api.get(RedisClient);
  for (const id of userIds) {
    for (const key of await redis.keys(`*chat*${id}*`)) await redis.del(key);
  }
}
