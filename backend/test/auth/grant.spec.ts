import {
  type ApiClient,
  itOnRealServers,
  signIn,
  type Stack,
  startApi,
  startStack,
  type TestApi,
} from '../support/index.js';
import { GithubTokens } from '../../src/modules/auth/index.js';

interface Me {
  readonly id: string;
  readonly github: { readonly connected: boolean; readonly reconnectUrl?: string };
}
interface Problem {
  readonly code: string;
}

describe("the user's grant at GitHub", () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  let userId: string;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
  });
  beforeEach(async () => {
    await control('/users/member/grant', { revoked: false });
    member = await signIn(api, 'member');
    userId = (await member.get<Me>('/api/auth/me')).body.id;
  });
  afterAll(() => stack.stop());

  const control = (path: string, body: object): Promise<Response> =>
    fetch(`${stack.forgeUrl}/_forge${path}`, { method: 'POST', body: JSON.stringify(body) });
  const expire = (): Promise<unknown> =>
    stack.sql('UPDATE github_tokens SET expires_at = now() WHERE user_id = $1', [userId]);
  const list = () => member.get<Problem>('/api/github/repositories/acme/todo-api');

  itOnRealServers('is renewed once, however many ask at the same time', async () => {
    await fetch(`${stack.forgeUrl}/_forge/ledger`, { method: 'DELETE' });
    await expire();
    const tokens = await Promise.all(Array.from({ length: 8 }, () => api.get(GithubTokens).forUser(userId)));
    expect(new Set(tokens).size).toBe(1);
    const { calls } = (await (await fetch(`${stack.forgeUrl}/_forge/ledger`)).json()) as { calls: { path: string }[] };
    expect(calls.filter(({ path }) => path === '/login/oauth/access_token')).toHaveLength(1);
    expect((await list()).status).toBe(200);
  });

  it('that is dead is 409 github.reconnect where GitHub is needed; the login stays, and signing in again mends it', async () => {
    await control('/users/member/grant', { revoked: true });
    const answer = await list();
    expect([answer.status, answer.body.code]).toEqual([409, 'github.reconnect']);
    const me = await member.get<Me>('/api/auth/me');
    expect([me.status, me.body.github]).toEqual([
      200,
      { connected: false, reconnectUrl: `${api.url}/api/auth/login?login=member` },
    ]);
    await signIn(api, 'member');
    expect((await list()).status).toBe(200);
    expect((await member.get<Me>('/api/auth/me')).body.github).toEqual({ connected: true });
  });

  it('whose refresh token is refused is dead, too', async () => {
    await control('/users/member/grant', { revoked: true });
    await expire();
    expect((await list()).body.code).toBe('github.reconnect');
  });

  it('survives a GitHub that is down for a moment', async () => {
    await expire();
    await control('/faults', { kind: '500', match: '/login/oauth/access_token' });
    expect((await list()).status).toBe(502);
    expect((await list()).status).toBe(200);
  });

  it('is sealed with our key: under another one there is no grant, and no error', async () => {
    await stack.sql("UPDATE github_tokens SET key_id = 'deadbeef' WHERE user_id = $1", [userId]);
    expect((await list()).body.code).toBe('github.reconnect');
  });

  it('never leaves the server', async () => {
    const token = await api.get(GithubTokens).forUser(userId);
    for (const path of ['/api/auth/me', '/api/auth/logins', '/api/auth/tokens', '/api/github/repositories']) {
      expect((await member.get(path)).text).not.toContain(token);
    }
  });
});
