import {
  authorize,
  CALLBACK,
  CHALLENGE,
  CLIENT,
  redeem,
  testForge,
  type TestForge,
  VERIFIER,
} from '../../../../test/local/test-forge.js';

describe('sign-in', () => {
  let forge: TestForge;
  beforeAll(async () => {
    forge = await testForge();
  });
  afterAll(() => forge.stop());

  const codeOf = async (login: string): Promise<string> =>
    (await authorize(forge.url, login)).searchParams.get('code') ?? '';
  const pageOf = (query: Record<string, string>): Promise<Response> =>
    fetch(`${forge.url}/login/oauth/authorize?${new URLSearchParams(query).toString()}`, { redirect: 'manual' });

  it('sends the browser back with a code and the state it came with', async () => {
    const back = await authorize(forge.url, 'member');
    expect(back.href).toMatch(/^http:\/\/127\.0\.0\.1:3000\/api\/auth\/callback\?code=[\w-]{20,}&state=a-state$/);
  });

  it('trades a code for tokens of the account that was chosen', async () => {
    const grant = await redeem(forge.url, { code: await codeOf('auditor'), code_verifier: VERIFIER });
    expect(grant).toMatchObject({ token_type: 'bearer', expires_in: 28_800 });
    expect(grant['access_token']).toMatch(/^ghu_/);
    const user = await fetch(`${forge.url}/api/user`, {
      headers: { authorization: `Bearer ${grant['access_token']}` },
    });
    expect(await user.json()).toMatchObject({ login: 'auditor', type: 'User' });
  });

  it('refuses a code with another verifier, and uses it up', async () => {
    const code = await codeOf('member');
    expect(await redeem(forge.url, { code, code_verifier: 'w'.repeat(50) })).toMatchObject({
      error: 'bad_verification_code',
    });
    expect(await redeem(forge.url, { code, code_verifier: VERIFIER })).toMatchObject({
      error: 'bad_verification_code',
    });
  });

  it('refuses a code without its verifier', async () => {
    expect(await redeem(forge.url, { code: await codeOf('member') })).toMatchObject({ error: 'bad_verification_code' });
  });

  it('takes a code once', async () => {
    const code = await codeOf('member');
    expect(await redeem(forge.url, { code, code_verifier: VERIFIER })).toHaveProperty('access_token');
    expect(await redeem(forge.url, { code, code_verifier: VERIFIER })).toMatchObject({
      error: 'bad_verification_code',
    });
  });

  it('refuses a code for another address, and a wrong secret', async () => {
    const elsewhere = { code: await codeOf('member'), code_verifier: VERIFIER, redirect_uri: 'http://127.0.0.1:1/' };
    expect(await redeem(forge.url, elsewhere)).toMatchObject({ error: 'redirect_uri_mismatch' });
    const stranger = { code: await codeOf('member'), code_verifier: VERIFIER, client_secret: 'wrong' };
    expect(await redeem(forge.url, stranger)).toMatchObject({ error: 'incorrect_client_credentials' });
  });

  it('takes only S256 as a challenge', async () => {
    const back = await authorize(forge.url, 'member', { code_challenge_method: 'plain' });
    expect(back.searchParams.get('error')).toBe('invalid_request');
    expect(back.searchParams.has('code')).toBe(false);
  });

  it('renews tokens once, and the old ones end', async () => {
    const first = await redeem(forge.url, { code: await codeOf('member'), code_verifier: VERIFIER });
    const renewal = { grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) };
    const second = await redeem(forge.url, renewal);
    expect(second['access_token']).toMatch(/^ghu_/);
    expect(await redeem(forge.url, renewal)).toMatchObject({ error: 'bad_refresh_token' });
    const old = await fetch(`${forge.url}/api/user`, { headers: { authorization: `Bearer ${first['access_token']}` } });
    expect(old.status).toBe(401);
  });

  it('shows the accounts on a page that runs nothing, and every choice is a link', async () => {
    const answer = await pageOf({
      client_id: CLIENT.id,
      redirect_uri: CALLBACK,
      state: '"><script>alert(1)</script>',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    });
    const page = await answer.text();
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(
      page.match(/<a class="account" href="\/login\/oauth\/authorize\?[^"]+login=(admin|member|auditor)"/g),
    ).toHaveLength(3);
    expect(page).not.toContain('<script>');
  });

  it('sends nobody on from a client that is not known, or to what is no address', async () => {
    expect((await pageOf({ client_id: 'other', redirect_uri: CALLBACK, login: 'admin' })).status).toBe(404);
    expect((await pageOf({ client_id: CLIENT.id, redirect_uri: 'javascript:alert(1)', login: 'admin' })).status).toBe(
      400,
    );
    expect((await pageOf({ client_id: CLIENT.id, login: 'admin' })).status).toBe(400);
  });
});
