import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import {
  type ApiClient,
  signIn,
  spawnApi,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
  waitFor,
  itOnRealServers,
} from '../support/index.js';
import { runsSource } from '../support/sources.js';
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
  const forgeCalls = async () =>
    ((await (await fetch(`${stack.forgeUrl}/_forge/ledger`)).json()) as { calls: { path: string; status: number }[] })
      .calls;
  const list = () => member.get<Problem>('/api/github/repositories/acme/todo-api');

  itOnRealServers('is renewed once when a hundred calls on two servers find it run out', async () => {
    const second = await spawnApi(stack);
    await fetch(`${stack.forgeUrl}/_forge/ledger`, { method: 'DELETE' });
    await expire();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        (n % 2 === 0 ? member : member.at(second)).get('/api/github/repositories/acme/todo-api/labels'),
      ),
    );
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const calls = await forgeCalls();
    expect(calls.filter(({ path }) => path === '/login/oauth/access_token')).toHaveLength(1);
    expect(calls.filter(({ status }) => status === 401)).toEqual([]);
    await second.process.end();
  });

  it('that was renewed while a call was under way with the old token is no reason to connect again', async () => {
    const old = await api.get(GithubTokens).forUser(userId);
    await expire();
    const renewed = await api.get(GithubTokens).forUser(userId);
    expect(renewed).not.toBe(old);
    expect(await api.get(GithubTokens).afterRefusal(userId, old)).toBe(renewed);
    expect((await list()).status).toBe(200);
    expect(await api.get(GithubTokens).afterRefusal(userId, renewed)).toBeNull();
    expect((await list()).body.code).toBe('github.reconnect');
  });

  it('that the user took back is used no more, once the webhook is processed', async () => {
    const worker = await startWorker(stack);
    await control('/users/member/grant', { revoked: true });
    const payload = { action: 'revoked', sender: { id: 1002 } };
    await control('/deliveries', { event: 'github_app_authorization', payload });
    await waitFor(
      'the delivery to be processed',
      async () => (await stack.sql('SELECT 1 FROM webhook_deliveries WHERE processed_at IS NOT NULL')).length === 1,
    );
    expect(await stack.sql('SELECT 1 FROM github_tokens')).toEqual([]);
    await fetch(`${stack.forgeUrl}/_forge/ledger`, { method: 'DELETE' });
    for (const path of ['', '/acme/todo-api', '/acme/todo-api/issues', '/acme/todo-api/branches']) {
      const answer = await member.get<Problem>(`/api/github/repositories${path}`);
      // What the user could read within the last minutes needs no call to say so.
      expect([path, answer.status, answer.body.code]).toEqual([path, 409, 'github.reconnect']);
    }
    expect((await member.get<Me>('/api/auth/me')).body.github.connected).toBe(false);
    expect(await forgeCalls()).toEqual([]);
    await worker.stop();
  });

  it('is brought under a new key while the product runs, again without harm, and read under old and new', async () => {
    const [OLD, NEXT] = ['o'.repeat(40), 'n'.repeat(40)];
    const ids = () => stack.sql<{ key_id: string }>('SELECT DISTINCT key_id FROM github_tokens');
    const [before] = await ids();
    const rotate = async (env: Record<string, string>): Promise<[number | null, string]> => {
      const child = spawn(process.execPath, runsSource('backend/src/rotate-keys.ts'), {
        env: { PATH: process.env['PATH'], ...stack.env, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [output, [code]] = await Promise.all([
        text(child.stdout),
        once(child, 'close') as Promise<[number | null]>,
      ]);
      return [code, output];
    };
    expect(await rotate({ ENCRYPTION_KEY: OLD })).toEqual([
      0,
      '1 sealed under the current key, 0 left whose key is not at hand\n',
    ]);
    const [first] = await ids();
    expect(first?.key_id).not.toBe(before?.key_id);
    expect(await rotate({ ENCRYPTION_KEY: OLD })).toEqual([
      0,
      '0 sealed under the current key, 0 left whose key is not at hand\n',
    ]);
    // Without the key that it is sealed with, it is left as it is.
    expect(await rotate({ ENCRYPTION_KEY: NEXT })).toEqual([
      1,
      '0 sealed under the current key, 1 left whose key is not at hand\n',
    ]);
    const reader = await spawnApi(stack, { ENCRYPTION_KEY: NEXT, ENCRYPTION_KEYS_OLD: OLD });
    const reads = async () => (await member.at(reader).get('/api/github/repositories/acme/todo-api/labels')).status;
    expect(await reads()).toBe(200);
    expect((await rotate({ ENCRYPTION_KEY: NEXT, ENCRYPTION_KEYS_OLD: OLD }))[0]).toBe(0);
    expect(await reads()).toBe(200);
    expect((await list()).body.code).toBe('github.reconnect');
    await reader.process.end();
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
