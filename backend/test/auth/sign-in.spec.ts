import { createHash } from 'node:crypto';
import { type Stack, startApi, startStack, type TestApi } from '../support/index.js';
import { Browser } from './browser.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('signing in', () => {
  let stack: Stack;
  let api: TestApi;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
  });
  afterAll(() => stack.stop());

  const failureOf = (location: string | undefined): string | null =>
    new URL(location ?? 'missing:').searchParams.get('error');
  const control = (path: string, body: object): Promise<Response> =>
    fetch(`${stack.forgeUrl}/_forge${path}`, { method: 'POST', body: JSON.stringify(body) });

  it('goes to the provider with state, PKCE and the hint, and comes back signed in', async () => {
    const browser = new Browser(api);
    const there = await browser.begin('member', '/s/abc?tab=files');
    expect(there.origin).toBe(stack.forgeUrl);
    expect(Object.fromEntries(there.searchParams)).toMatchObject({
      client_id: 'Iv1.test',
      redirect_uri: `${api.url}/api/auth/callback`,
      response_type: 'code',
      code_challenge_method: 'S256',
      login: 'member',
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    const back = await browser.open((await browser.open(there.href)).location ?? '');
    expect([back.status, back.location]).toEqual([302, `${api.url}/s/abc?tab=files`]);
    expect(JSON.parse((await browser.me()).text)).toMatchObject({
      login: 'member',
      role: 'member',
      github: { connected: true },
    });
  });

  it('sets cookies that no script reads and no other site sends', async () => {
    const browser = new Browser(api);
    const begun = await browser.open('/api/auth/login?login=member');
    const done = await browser.open((await browser.open(begun.location ?? '')).location ?? '');
    const [oauth = '', login = ''] = [begun.setCookies[0], done.setCookies.find((line) => line.startsWith('yudai='))];
    expect(oauth).toMatch(/^yudai-oauth=[\w-]{43}; Max-Age=600; Path=\/; .*HttpOnly; SameSite=Lax$/);
    expect(login).toMatch(/^yudai=[\w-]{43}; Max-Age=604800; Path=\/; .*HttpOnly; SameSite=Lax$/);
    expect(done.setCookies.some((line) => /^yudai-oauth=;/.test(line))).toBe(true);
  });

  it('D6: no secret stands in an address, and none of it is kept as it is', async () => {
    const browser = new Browser(api);
    const callback = await browser.beginAndChoose('member');
    const code = callback.searchParams.get('code') ?? '';
    const state = callback.searchParams.get('state') ?? '';
    const page = await browser.open(callback.href);
    const secret = browser.cookies.get('yudai') ?? '';
    expect(page.location).toBe(`${api.url}/`);
    expect(page.location).not.toContain(secret);
    const tables = [
      'users',
      'logins',
      'oauth_transactions',
      'github_tokens',
      'audit_entries',
      'outbox',
      'idempotency_keys',
    ];
    const rows = (await Promise.all(tables.map((table) => stack.sql(`SELECT t::text FROM ${table} t`)))).flat();
    const kept = JSON.stringify(rows);
    for (const plain of [secret, code, state, 'ghu_', 'ghr_']) expect(kept).not.toContain(plain);
    expect(await stack.sql('SELECT 1 FROM logins WHERE token_hash = $1', [sha256(secret)])).toHaveLength(1);
  });

  it('D5: takes a state once, from the browser that began, and only one that it gave out', async () => {
    const [victim, attacker] = [new Browser(api), new Browser(api)];
    const foreign = await attacker.beginAndChoose('admin');
    // The attacker's own callback, opened by the victim: they would be signed in as the attacker.
    expect(failureOf((await victim.open(foreign.href)).location)).toBe('state');
    expect(victim.cookies.has('yudai')).toBe(false);
    await victim.begin('member');
    const second = await attacker.beginAndChoose('admin');
    expect(failureOf((await victim.open(second.href)).location)).toBe('state');
    expect((await victim.me()).status).toBe(401);

    const own = await victim.beginAndChoose('member');
    expect((await victim.open(own.href)).location).toBe(`${api.url}/`);
    expect(failureOf((await victim.open(own.href)).location)).toBe('state');
    for (const query of ['', '?code=x', '?state=x', `?code=x&state=${'s'.repeat(43)}`]) {
      expect(failureOf((await victim.open(`/api/auth/callback${query}`)).location)).toBe('state');
    }
    expect((await victim.open('/api/auth/callback?code=x&state=a&state=b')).status).toBe(422);
  });

  it('a browser that keeps no cookies is sent back with that reason, and nobody is signed in', async () => {
    const browser = new Browser(api);
    const callback = await browser.beginAndChoose('member');
    const before = await stack.sql('SELECT id FROM logins');
    const kept = [...browser.cookies];
    browser.cookies.clear();
    const page = await browser.open(callback.href);
    expect([page.status, page.location]).toEqual([302, `${api.url}/sign-in?error=state`]);
    expect(browser.cookies.has('yudai')).toBe(false);
    expect(await stack.sql('SELECT id FROM logins')).toEqual(before);
    // The state is used up by that, also for the browser that it was given to.
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect(failureOf((await browser.open(callback.href)).location)).toBe('state');
  });

  it('takes a state for ten minutes', async () => {
    const browser = new Browser(api);
    const callback = await browser.beginAndChoose('member');
    await stack.sql("UPDATE oauth_transactions SET expires_at = now() - interval '1 second'");
    expect(failureOf((await browser.open(callback.href)).location)).toBe('state');
  });

  it('refuses a code that the provider does not know, and one that somebody else began with another verifier', async () => {
    const browser = new Browser(api);
    const callback = await browser.beginAndChoose('member');
    callback.searchParams.set('code', 'made-up');
    expect(failureOf((await browser.open(callback.href)).location)).toBe('code');
    const other = await new Browser(api).beginAndChoose('admin');
    const own = await browser.beginAndChoose('member');
    own.searchParams.set('code', other.searchParams.get('code') ?? '');
    expect(failureOf((await browser.open(own.href)).location)).toBe('code');
  });

  it('comes back from a refusal and from a provider that fails', async () => {
    const browser = new Browser(api);
    const callback = await browser.beginAndChoose('member');
    const denied = `/api/auth/callback?error=access_denied&state=${callback.searchParams.get('state') ?? ''}`;
    expect(failureOf((await browser.open(denied)).location)).toBe('denied');
    for (const match of ['/login/oauth/access_token', 'GET /user$']) {
      const next = await browser.beginAndChoose('member');
      await control('/faults', { kind: '500', match });
      expect(failureOf((await browser.open(next.href)).location)).toBe('github');
    }
    expect(browser.cookies.has('yudai')).toBe(false);
  });

  it.each([
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.example', '/'],
    ['/sessions?x=//evil.example', '/sessions?x=//evil.example'],
  ])('returnTo %j leads to %j of our own', async (returnTo, path) => {
    expect((await new Browser(api).signIn('member', returnTo)).location).toBe(`${api.url}${path}`);
  });

  it('gives a new secret every time and ends the one that the browser had', async () => {
    const browser = new Browser(api);
    await browser.signIn('member');
    const first = browser.cookies.get('yudai') ?? '';
    await browser.signIn('admin');
    expect(browser.cookies.get('yudai')).not.toBe(first);
    const old = new Browser(api);
    old.cookies.set('yudai', first);
    expect((await old.me()).status).toBe(401);
  });

  it('builds its addresses from PUBLIC_URL, whatever the request says it was sent to', async () => {
    const page = await fetch(`${api.url}/api/auth/login`, {
      redirect: 'manual',
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    const there = new URL(page.headers.get('location') ?? '');
    expect(there.searchParams.get('redirect_uri')).toBe(`${api.url}/api/auth/callback`);
  });

  it("a provider's token is no way in, as a bearer or as a cookie", async () => {
    const [row] = await stack.sql<{ id: string }>("SELECT id FROM users WHERE login = 'member'");
    const token = await api.get((await import('../../src/modules/auth/index.js')).GithubTokens).forUser(row?.id ?? '');
    expect(token).toMatch(/^ghu_/);
    const ask = (headers: Record<string, string>): Promise<number> =>
      fetch(`${api.url}/api/auth/me`, { headers }).then(({ status }) => status);
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(401);
    expect(await ask({ cookie: `yudai=${token}` })).toBe(401);
    expect(await ask({ authorization: `Bearer yud_${'a'.repeat(43)}` })).toBe(401);
  });
});

it('over https the cookies are Secure and carry __Host-', async () => {
  const stack = await startStack({
    forge: true,
    env: { PUBLIC_URL: 'https://yudai.example', ALLOWED_LOGINS: 'member' },
  });
  const api = await startApi(stack, { PUBLIC_URL: 'https://yudai.example' });
  const browser = new Browser(api);
  const begun = await browser.open('/api/auth/login?login=member');
  expect(begun.setCookies[0]).toMatch(/^__Host-yudai-oauth=[\w-]{43}; .*Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  expect(new URL(begun.location ?? '').searchParams.get('redirect_uri')).toBe(
    'https://yudai.example/api/auth/callback',
  );
  await stack.stop();
});
