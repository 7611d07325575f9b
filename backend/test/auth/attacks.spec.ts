import { type Stack, startApi, startStack, startWorker, type TestApi } from '../support/index.js';
import { SweeperTask } from '../../src/modules/auth/jobs/sweeper.task.js';
import { Browser } from './browser.js';

/** What somebody tries who wants in, or wants somebody else to be in as them (RFC 9700 §2.1, §4). */
describe('attacks on the sign-in', () => {
  let stack: Stack;
  let api: TestApi;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
  });
  afterAll(() => stack.stop());

  const control = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(`${stack.forgeUrl}/_forge${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  };
  const logins = async (): Promise<number> => (await stack.sql('SELECT 1 FROM logins')).length;
  const meOf = async (browser: Browser) => JSON.parse((await browser.me()).text) as { id: string; login: string };

  /** The browser is sent to the sign-in page, keeps no login, and none was made. */
  async function isRefused(prepare: () => Promise<[Browser, string | undefined]>, reason: string): Promise<void> {
    const [browser, callback = 'missing:'] = await prepare();
    const before = await logins();
    const page = await browser.open(callback);
    expect([page.status, page.location]).toEqual([302, `${api.url}/sign-in?error=${reason}`]);
    expect(browser.cookies.has('yudai')).toBe(false);
    expect((await browser.me()).status).toBe(401);
    expect(await logins()).toBe(before);
  }

  it("1: a state that is swapped for another browser's", () =>
    isRefused(async () => {
      const [victim, attacker] = [new Browser(api), new Browser(api)];
      const own = await victim.beginAndChoose('member');
      const other = await attacker.beginAndChoose('admin');
      own.searchParams.set('state', other.searchParams.get('state') ?? '');
      return [victim, own.href];
    }, 'state'));

  it('2: no state', () =>
    isRefused(async () => {
      const browser = new Browser(api);
      const callback = await browser.beginAndChoose('member');
      callback.searchParams.delete('state');
      return [browser, callback.href];
    }, 'state'));

  it('3: a state that was used, though the browser has kept its mark', () =>
    isRefused(async () => {
      const [browser, again] = [new Browser(api), new Browser(api)];
      const callback = await browser.beginAndChoose('member');
      for (const [name, value] of browser.cookies) again.cookies.set(name, value);
      expect((await browser.open(callback.href)).location).toBe(`${api.url}/`);
      return [again, callback.href];
    }, 'state'));

  it("4: an attacker's whole callback, opened by a victim who is signing in", () =>
    isRefused(async () => {
      const [victim, attacker] = [new Browser(api), new Browser(api)];
      await victim.begin('member');
      return [victim, (await attacker.beginAndChoose('admin')).href];
    }, 'state'));

  it('5: a verifier that is not the one of the challenge', () =>
    isRefused(async () => {
      const [browser, other] = [new Browser(api), new Browser(api)];
      const own = await browser.beginAndChoose('member');
      const foreign = await other.beginAndChoose('admin');
      own.searchParams.set('code', foreign.searchParams.get('code') ?? '');
      return [browser, own.href];
    }, 'code'));

  it('6: a code that was asked for without a challenge', () =>
    isRefused(async () => {
      const browser = new Browser(api);
      const there = await browser.begin('member');
      there.searchParams.delete('code_challenge');
      there.searchParams.delete('code_challenge_method');
      const back = await browser.open(there.href);
      return [browser, back.location];
    }, 'code'));

  it('7: a plain challenge; every sign-in of ours has a fresh one of S256', async () => {
    const challenges = new Set<string | null>();
    for (const login of ['member', 'admin', 'member']) {
      const there = await new Browser(api).begin(login);
      expect(there.searchParams.get('code_challenge_method')).toBe('S256');
      challenges.add(there.searchParams.get('code_challenge'));
    }
    expect(challenges.size).toBe(3);
    await isRefused(async () => {
      const browser = new Browser(api);
      const there = await browser.begin('member');
      there.searchParams.set('code_challenge_method', 'plain');
      const back = await browser.open(there.href);
      return [browser, back.location];
    }, 'github');
  });

  it('8: a code that was used', () =>
    isRefused(async () => {
      const first = new Browser(api);
      const used = await first.beginAndChoose('member');
      expect((await first.open(used.href)).location).toBe(`${api.url}/`);
      const second = new Browser(api);
      const callback = await second.beginAndChoose('member');
      callback.searchParams.set('code', used.searchParams.get('code') ?? '');
      return [second, callback.href];
    }, 'code'));

  it.each([
    ['another origin', 'https://evil.example/'],
    ['an origin without a scheme', '//evil.example/'],
    ['a backslash that browsers read as a slash', '/\\evil.example'],
  ])('9: a way back that is %s', async (_what, returnTo) => {
    expect((await new Browser(api).signIn('member', returnTo)).location).toBe(`${api.url}/`);
  });

  it('10: a cookie that the attacker knows beforehand is not what the login gets, and opens nothing', async () => {
    const victim = new Browser(api);
    const known = 'k'.repeat(43);
    victim.cookies.set('yudai', known);
    await victim.signIn('member');
    expect(victim.cookies.get('yudai')).not.toBe(known);
    expect((await victim.me()).status).toBe(200);
    const attacker = new Browser(api);
    attacker.cookies.set('yudai', known);
    expect((await attacker.me()).status).toBe(401);
  });

  it("11: a login that was renamed is the same account; 12: whoever takes the login over is another one, with nothing of the first's", async () => {
    await control('/users', { login: 'rosa', organisation: 'acme', permission: 'write' });
    const [rosa, renamed, taker] = [new Browser(api), new Browser(api), new Browser(api)];
    await rosa.signIn('rosa');
    const { id } = await meOf(rosa);
    await control('/users/rosa/rename', { login: 'rosa-luz' });
    await renamed.signIn('rosa-luz');
    expect(await meOf(renamed)).toMatchObject({ id, login: 'rosa-luz' });

    await control('/users', { login: 'rosa', organisation: 'acme', permission: 'write' });
    await taker.signIn('rosa');
    const other = await meOf(taker);
    expect(other.login).toBe('rosa');
    expect(other.id).not.toBe(id);
    expect((await meOf(rosa)).id).toBe(id);
  });

  it('leave nothing behind: what has run out is swept, begun sign-ins, logins, tokens of GitHub that nobody can use', async () => {
    const worker = await startWorker(stack);
    for (const table of ['oauth_transactions', 'logins', 'github_tokens']) await stack.sql(`DELETE FROM ${table}`);
    const rows = async (): Promise<number[]> =>
      Promise.all(
        ['oauth_transactions', 'logins', 'github_tokens'].map(
          async (table) => (await stack.sql(`SELECT 1 FROM ${table}`)).length,
        ),
      );
    await new Browser(api).signIn('member');
    for (let n = 0; n < 5; n++) await new Browser(api).begin('member');
    await worker.get(SweeperTask).sweep();
    expect(await rows()).toEqual([5, 1, 1]);
    await stack.sql("UPDATE oauth_transactions SET expires_at = now() - interval '1 second'");
    await stack.sql("UPDATE logins SET expires_at = now() - interval '1 second'");
    await stack.sql("UPDATE github_tokens SET expires_at = now() - interval '1 second'");
    await worker.get(SweeperTask).sweep();
    // The token can still be renewed.
    expect(await rows()).toEqual([0, 0, 1]);
    await stack.sql("UPDATE github_tokens SET refresh_expires_at = now() - interval '1 second'");
    await worker.get(SweeperTask).sweep();
    expect(await rows()).toEqual([0, 0, 0]);
  });
});
