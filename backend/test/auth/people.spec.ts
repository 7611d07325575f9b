import {
  type ApiClient,
  bearing,
  signIn,
  type Stack,
  startApi,
  startStack,
  type TestApi,
  waitFor,
} from '../support/index.js';
import { loadConfig } from '../../src/platform/config/config.js';
import { Browser } from './browser.js';

interface User {
  readonly id: string;
  readonly login: string;
  readonly role: string;
  readonly disabled: boolean;
}
interface Problem {
  readonly code: string;
}

const errorOf = (location: string | undefined): string | null =>
  new URL(location ?? 'missing:').searchParams.get('error');

describe('roles', () => {
  let stack: Stack;
  let api: TestApi;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
  });
  afterAll(() => stack.stop());

  const users = async (admin: ApiClient): Promise<Map<string, User>> =>
    new Map((await admin.get<{ items: User[] }>('/api/admin/users')).body.items.map((user) => [user.login, user]));

  it('come from the lists, not from being first', async () => {
    // member is the first of all to sign in
    const member = await signIn(api, 'member');
    expect((await member.get<{ role: string }>('/api/auth/me')).body.role).toBe('member');
    const [admin] = await Promise.all([signIn(api, 'admin'), signIn(api, 'auditor')]);
    expect([...(await users(admin)).values()].map(({ login, role }) => [login, role]).sort()).toEqual([
      ['admin', 'admin'],
      ['auditor', 'auditor'],
      ['member', 'member'],
    ]);
  });

  it('belong to ids: whoever takes the login over gets nothing', async () => {
    const admin = await signIn(api, 'admin');
    const [claim] = await stack.sql<{ github_id: string }>("SELECT github_id FROM login_claims WHERE kind = 'admin'");
    expect(claim?.github_id).toBe('1001');
    // The first admin has another id now, as if the login had been given up and taken by somebody else.
    await stack.sql("UPDATE login_claims SET github_id = 3000000000 WHERE kind = 'admin'");
    await stack.sql("UPDATE users SET github_id = 3000000000, login = 'first-admin' WHERE login = 'admin'");
    const taker = await signIn(api, 'admin');
    expect((await taker.get<{ role: string }>('/api/auth/me')).body.role).toBe('member');
    expect((await admin.get<{ role: string }>('/api/auth/me')).body.role).toBe('admin');
    await stack.sql("DELETE FROM users WHERE github_id = '1001'");
    await stack.sql("UPDATE users SET github_id = 1001, login = 'admin' WHERE login = 'first-admin'");
    await stack.sql("UPDATE login_claims SET github_id = 1001 WHERE kind = 'admin'");
  });

  it('are changed by administrators, take effect at once, and stay', async () => {
    const [admin, member] = await Promise.all([signIn(api, 'admin'), signIn(api, 'member')]);
    const { id } = (await users(admin)).get('member')!;
    expect((await member.patch<Problem>(`/api/admin/users/${id}`, { role: 'admin' })).body.code).toBe('auth.role');
    expect((await admin.patch<User>(`/api/admin/users/${id}`, { role: 'auditor' })).body.role).toBe('auditor');
    expect((await member.get('/api/audit/entries')).status).toBe(200);
    const again = await signIn(api, 'member');
    expect((await again.get<{ role: string }>('/api/auth/me')).body.role).toBe('auditor');
    await admin.patch(`/api/admin/users/${id}`, { role: 'member' });
    expect((await member.get('/api/audit/entries')).status).toBe(403);
  });

  it('lists those who are looked for', async () => {
    const admin = await signIn(api, 'admin');
    const found = async (query: string): Promise<string[]> =>
      (await admin.get<{ items: User[] }>(`/api/admin/users?${query}`)).body.items.map(({ login }) => login);
    expect(await found('query=UDIT')).toEqual(['auditor']);
    expect(await found('query=%25')).toEqual([]);
    expect(await found('role=admin')).toEqual(['admin']);
    expect(await found('role=admin&query=member')).toEqual([]);
    expect((await admin.get('/api/admin/users?role=owner')).status).toBe(422);
  });

  it('the last administrator stays one, and stays in', async () => {
    const [admin] = await Promise.all([signIn(api, 'admin'), signIn(api, 'member')]);
    const everybody = await users(admin);
    const { id } = everybody.get('admin')!;
    for (const change of [{ role: 'member' }, { role: 'auditor' }, { disabled: true }]) {
      const answer = await admin.patch<Problem>(`/api/admin/users/${id}`, change);
      expect([answer.status, answer.body.code]).toEqual([409, 'users.last-admin']);
    }
    const other = everybody.get('member')!.id;
    await admin.patch(`/api/admin/users/${other}`, { role: 'admin' });
    expect((await admin.patch<User>(`/api/admin/users/${id}`, { role: 'member' })).body.role).toBe('member');
    const second = await signIn(api, 'member');
    expect((await second.patch(`/api/admin/users/${other}`, { disabled: true })).status).toBe(409);
    await second.patch(`/api/admin/users/${id}`, { role: 'admin' });
    await admin.patch(`/api/admin/users/${other}`, { role: 'member' });
  });

  it('a disabled user is out at once, on every way in, and comes back when let in', async () => {
    const [admin, member] = await Promise.all([signIn(api, 'admin'), signIn(api, 'member')]);
    const { body } = await member.post<{ token: string }>('/api/auth/tokens', { name: 't', scopes: ['read'] });
    const token = bearing(api, body.token);
    const stream = await fetch(`${api.url}/api/events`, { headers: member.headers });
    let ended = false;
    void stream.text().then(() => (ended = true));
    const { id } = (await users(admin)).get('member')!;
    expect((await admin.patch<User>(`/api/admin/users/${id}`, { disabled: true })).body.disabled).toBe(true);
    expect((await member.get('/api/auth/me')).status).toBe(401);
    expect((await token.get('/api/auth/me')).status).toBe(401);
    await waitFor('the end of the stream', () => ended, 5_000);
    expect(errorOf((await new Browser(api).signIn('member')).location)).toBe('disabled');
    await admin.patch(`/api/admin/users/${id}`, { disabled: false });
    expect((await token.get('/api/auth/me')).status).toBe(200);
    expect((await member.get('/api/auth/me')).status).toBe(401);
    expect((await signIn(api, 'member')).headers['cookie']).toBeDefined();
  });

  it.each([{}, { role: 'owner' }, { disabled: 'yes' }])('a change is refused as %j', async (change) => {
    const admin = await signIn(api, 'admin');
    const { id } = (await users(admin)).get('member')!;
    expect((await admin.patch(`/api/admin/users/${id}`, change)).status).toBe(422);
    expect((await admin.patch('/api/admin/users/0190a0a0-0000-7000-8000-000000000000', change)).status).toBe(404);
  });

  it('D7: ids of GitHub beyond 32 bits are kept whole', async () => {
    await stack.sql("UPDATE users SET github_id = 3000000000 WHERE login = 'auditor'");
    const admin = await signIn(api, 'admin');
    const found = (await admin.get<{ items: { login: string; githubId: string }[] }>('/api/admin/users')).body.items;
    expect(found.find(({ login }) => login === 'auditor')?.githubId).toBe('3000000000');
    await stack.sql("UPDATE users SET github_id = 1003 WHERE login = 'auditor'");
  });

  it('people are found by those who are signed in, with nothing but who they are', async () => {
    const member = await signIn(api, 'member');
    const { body } = await member.get<{ items: object[] }>('/api/users?query=ADM');
    expect(body.items).toEqual([
      { id: expect.any(String) as string, login: 'admin', name: 'Ada Okafor', avatarUrl: expect.any(String) as string },
    ]);
  });
});

describe('who may sign in', () => {
  const entering = async (env: Record<string, string>, login: string): Promise<string | null> => {
    const api = await startApi(stack, { ALLOWED_ORGS: '', ALLOWED_LOGINS: '', ...env });
    const page = await new Browser(api).signIn(login);
    await api.stop();
    return errorOf(page.location);
  };
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
  });
  afterAll(() => stack.stop());

  it('ALLOWED_ORGS: who is in one of them', async () => {
    expect(await entering({ ALLOWED_ORGS: 'nobody, globex' }, 'member')).toBe('not-allowed');
    expect(await entering({ ALLOWED_ORGS: 'nobody, globex' }, 'auditor')).toBeNull();
  });

  it('ALLOWED_LOGINS: who is named, in any case, as the id that it was at first', async () => {
    expect(await entering({ ALLOWED_LOGINS: 'Member' }, 'admin')).toBe('not-allowed');
    expect(await entering({ ALLOWED_LOGINS: 'Member' }, 'member')).toBeNull();
    await stack.sql("UPDATE login_claims SET github_id = 3000000000 WHERE kind = 'sign-in' AND login = 'member'");
    expect(await entering({ ALLOWED_LOGINS: 'Member' }, 'member')).toBe('not-allowed');
  });

  it('either of the two is enough', async () => {
    expect(await entering({ ALLOWED_LOGINS: 'admin', ALLOWED_ORGS: 'globex' }, 'auditor')).toBeNull();
    expect(await entering({ ALLOWED_LOGINS: 'admin', ALLOWED_ORGS: 'nobody' }, 'admin')).toBeNull();
  });

  it('a refusal is on the audit trail, with who it was', async () => {
    const rows = await stack.sql<{ actor_login: string; reason: string }>(
      "SELECT actor_login, reason FROM audit_entries WHERE action = 'login.refused'",
    );
    expect(rows).toContainEqual({ actor_login: 'admin', reason: 'not-allowed' });
  });

  it('with neither list, the server refuses to start on anything but loopback', () => {
    const env = { ...stack.env, PORT: '0' };
    const start =
      (changes: Record<string, string>): (() => void) =>
      () =>
        void loadConfig({ ...env, ...changes });
    expect(start({ HOST: '0.0.0.0' })).toThrow(/ALLOWED_ORGS or ALLOWED_LOGINS must say who may sign in/);
    expect(start({ HOST: '0.0.0.0', ALLOWED_LOGINS: ' , ' })).toThrow(/ALLOWED_ORGS or ALLOWED_LOGINS/);
    expect(start({ HOST: '0.0.0.0', ALLOWED_ORGS: 'acme' })).not.toThrow();
    expect(start({ HOST: '127.0.0.1' })).not.toThrow();
  });

  it('a configuration is refused as a whole, by the names of what is wrong, never by values', () => {
    const secret = 'short-secret';
    const start = (): void =>
      void loadConfig({
        SECRET_KEY: secret,
        DATABASE_URL: 'mysql://root:hunter2@db',
        PORT: '99999',
        PUBLIC_URL: 'http://yudai.example',
      });
    expect(start).toThrow(/DATABASE_URL.*\n(.*\n)*.*REDIS_URL/);
    for (const name of ['SECRET_KEY', 'DATA_DIR', 'GITHUB_CLIENT_ID', 'GITHUB_WEBHOOK_SECRET', 'PORT'])
      expect(start).toThrow(new RegExp(name));
    expect(start).not.toThrow(/hunter2|short-secret/);
  });
});
