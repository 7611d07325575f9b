import {
  type ApiClient,
  anonymous,
  signIn,
  spawnApi,
  type Stack,
  startApi,
  startStack,
  type TestApi,
} from '../support/index.js';
import { RedisClient } from '../../src/platform/redis/redis.module.js';
import { ForgeControl } from './forge-control.js';

interface Repository {
  readonly fullName: string;
  readonly owner: string;
  readonly permission: string;
  readonly canWrite: boolean;
  readonly archived: boolean;
  readonly pushedAt: string | null;
}
interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}
interface Problem {
  readonly code: string;
  readonly status: number;
}
type Branch = Record<'name' | 'sha', string> & { readonly default: boolean };

describe('lists from GitHub', () => {
  let stack: Stack;
  let api: TestApi;
  let forge: ForgeControl;
  let admin: ApiClient;
  let auditor: ApiClient;
  let member: ApiClient;
  beforeAll(async () => {
    stack = await startStack({ forge: true, env: { GITHUB_TIMEOUT_SECONDS: '2' } });
    api = await startApi(stack);
    forge = new ForgeControl(stack);
    [admin, auditor, member] = await Promise.all([signIn(api, 'admin'), signIn(api, 'auditor'), signIn(api, 'member')]);
  });
  beforeEach(async () => {
    await forge.clear();
    // Lists are kept for a minute, pauses that GitHub asked for until they are over; each test asks GitHub anew.
    const redis = api.get(RedisClient);
    for (const pattern of ['yudai:repositories:*', 'yudai:github:*'])
      for (const key of await redis.keys(pattern)) await redis.del(key);
  });
  afterAll(() => stack.stop());

  async function all(client: ApiClient, query = ''): Promise<Repository[]> {
    const found: Repository[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: Page<Repository> } = await client.get<Page<Repository>>(
        `/api/github/repositories?limit=50&query=${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      found.push(...page.body.items);
      cursor = page.body.nextCursor;
    }
    return found;
  }

  it('have every repository of all pages and organisations, the latest pushed first', async () => {
    const repositories = await all(admin);
    expect(repositories.length).toBeGreaterThan(120);
    expect(new Set(repositories.map(({ fullName }) => fullName)).size).toBe(repositories.length);
    expect(new Set(repositories.map(({ owner }) => owner))).toEqual(new Set(['acme', 'globex']));
    const pushed = repositories.map(({ pushedAt }) => pushedAt ?? '');
    expect(pushed).toEqual([...pushed].sort().reverse());
  });

  it("show what the caller's own right on GitHub shows", async () => {
    const seen = await all(member);
    expect(new Set(seen.map(({ owner }) => owner))).toEqual(new Set(['acme']));
    expect((await member.get<Problem>('/api/github/repositories/globex/fleet-api')).body.code).toBe(
      'github.repository-not-found',
    );
    const read = await all(auditor);
    expect(read.every(({ canWrite, permission }) => !canWrite && permission === 'read')).toBe(true);
    expect(seen.some(({ archived }) => archived)).toBe(true);
    expect(seen.every(({ archived, canWrite }) => archived !== canWrite)).toBe(true);
  });

  it("are asked with the caller's own token and under the caller's request id", async () => {
    await member.get('/api/github/repositories', { 'x-request-id': 'from-the-browser' });
    const calls = (await forge.calls()).filter(({ path }) => path.startsWith('/api/'));
    expect(calls.length).toBeGreaterThan(1);
    expect(new Set(calls.map(({ login, requestId }) => `${login} ${requestId}`))).toEqual(
      new Set(['member from-the-browser']),
    );
  });

  it('are found by text, asked once of GitHub while somebody types', async () => {
    for (const query of ['t', 'to', 'todo']) await member.get(`/api/github/repositories?query=${query}`);
    expect((await all(member, 'TODO-')).map(({ fullName }) => fullName)).toEqual(['acme/todo-api']);
    expect(await all(member, 'no-such-thing')).toEqual([]);
    expect((await forge.calls()).filter(({ path }) => path === '/api/user/repos').length).toBeLessThanOrEqual(2);
  });

  it('have the shape of the contract', async () => {
    const { body } = await member.get<object>('/api/github/repositories/acme/todo-api');
    expect(body).toMatchObject({
      owner: 'acme',
      name: 'todo-api',
      fullName: 'acme/todo-api',
      private: false,
      archived: false,
      defaultBranch: 'main',
      language: 'JavaScript',
      permission: 'write',
      canWrite: true,
      installed: true,
      openIssues: 4,
    });
    const issues = (await member.get<Page<object>>('/api/github/repositories/acme/todo-api/issues?state=open')).body
      .items;
    expect(issues).toHaveLength(4);
    expect(issues.at(-1)).toMatchObject({ number: 1, state: 'open', labels: ['bug'], author: 'member' });
    expect(
      (await member.get<Page<object>>('/api/github/repositories/acme/todo-api/issues?state=closed')).body.items,
    ).toEqual([]);
    expect((await member.get<Page<object>>('/api/github/repositories/acme/todo-api/labels')).body.items).toContainEqual(
      expect.objectContaining({ name: 'bug' }),
    );
    expect(
      (await member.get<Page<object>>('/api/github/repositories/acme/todo-api/assignees')).body.items,
    ).toContainEqual(expect.objectContaining({ login: 'admin' }));
  });

  it('V13: know names with dots, and branches with slashes', async () => {
    await forge.post('/repositories', { name: 'acme/c.js', files: { 'a.txt': 'a' } });
    await forge.post('/repositories/acme/c.js/commits', {
      branch: 'fix/größe.2',
      message: 'm',
      files: { 'b.txt': 'b' },
    });
    const { body } = await member.get<Page<Branch>>('/api/github/repositories/acme/c.js/branches');
    expect(body.items.map((branch) => [branch.name, branch.default])).toEqual([
      ['main', true],
      ['fix/größe.2', false],
    ]);
    expect((await member.get<Repository>('/api/github/repositories/acme/c.js')).body.fullName).toBe('acme/c.js');
  });

  it('answer 404 to what is not there, hidden, or no name at all', async () => {
    for (const path of [
      'acme/nothing',
      'globex/fleet-api',
      'acme/..',
      'acme/a%2Fb',
      'a b/c',
      `${'a'.repeat(300)}/b`,
      'acme/%00',
    ]) {
      for (const rest of ['', '/branches', '/issues', '/labels']) {
        const { status } = await member.get(`/api/github/repositories/${path}${rest}`);
        expect([path + rest, status]).toEqual([path + rest, 404]);
      }
    }
  });

  it('an empty repository has no branches, which is no failure', async () => {
    const { status, body } = await member.get<Page<Branch>>('/api/github/repositories/acme/new-project/branches');
    expect([status, body]).toEqual([200, { items: [], nextCursor: null }]);
  });

  describe('that fail are problems, never empty lists:', () => {
    const PATHS: [path: string, call: string][] = [
      ['/api/github/repositories', 'GET /user/repos'],
      ['/api/github/repositories/acme/todo-api/branches', 'GET /repos/acme/todo-api/branches'],
      ['/api/github/repositories/acme/todo-api/issues', 'GET /repos/acme/todo-api/issues'],
      ['/api/github/repositories/acme/todo-api/labels', 'GET /repos/acme/todo-api/labels'],
    ];

    it.each(PATHS)('%s after 500s', async (path, match) => {
      await forge.fault('500', match, { times: 3 });
      const answer = await member.get<Problem>(path);
      expect([answer.status, answer.body.code]).toEqual([502, 'github.failed']);
      expect(answer.text).not.toContain('Server Error');
      expect(answer.headers['content-type']).toContain('application/problem+json');
    });

    it.each(PATHS)('%s after lost connections', async (path, match) => {
      await forge.fault('reset', match, { times: 3 });
      const answer = await member.get<Problem>(path);
      expect([answer.status, answer.body.code]).toEqual([503, 'github.unavailable']);
      expect(answer.headers['retry-after']).toBe('10');
    });

    it('one failure alone is not even seen', async () => {
      for (const [path, match] of PATHS) {
        await forge.fault('500', match);
        expect([path, (await member.get(path)).status]).toEqual([path, 200]);
      }
    });

    it.each([
      ['secondary', 17],
      ['primary', 40],
    ])('a %s limit says when to come back', async (kind, seconds) => {
      await forge.fault(kind, 'GET /user/repos', { retryAfter: seconds });
      const answer = await member.get<Problem>('/api/github/repositories');
      expect([answer.status, answer.body.code]).toEqual([503, 'github.rate-limited']);
      expect(Math.abs(Number(answer.headers['retry-after']) - seconds)).toBeLessThanOrEqual(2);
      expect((await forge.calls()).filter(({ path }) => path === '/api/user/repos')).toHaveLength(1);
    });

    it('a GitHub that does not answer in time', async () => {
      await forge.fault('latency', 'GET /user/repos', { ms: 20_000, times: 3 });
      const answer = await member.get<Problem>('/api/github/repositories');
      expect([answer.status, answer.body.code]).toEqual([504, 'github.timeout']);
    });

    it('a failure on a later page', async () => {
      let page = 0;
      await forge.fault('500', 'GET /user/repos', { times: 3 });
      expect((await admin.get(`/api/github/repositories?page=${++page}`)).status).toBe(502);
      expect((await all(admin)).length).toBeGreaterThan(120);
    });
  });

  it('a GitHub that is down is said, the session and everything else stay', async () => {
    const lonely = await spawnApi(stack, { GITHUB_API_URL: 'http://127.0.0.1:9/api' });
    const answer = await member.at(lonely).get<Problem>('/api/github/repositories');
    expect([answer.status, answer.body.code]).toEqual([503, 'github.unavailable']);
    expect((await member.at(lonely).get('/api/auth/me')).status).toBe(200);
    expect((await anonymous(lonely).get('/api/health/ready')).status).toBe(200);
    await lonely.process.end();
  });
});
