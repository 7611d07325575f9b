import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiClient, signIn, type Stack, startApi, startStack, type TestApi } from '../support/index.js';
import { GithubTokens } from '../../src/modules/auth/index.js';
import { GithubIssues, GitMirror, RepositoriesService } from '../../src/modules/github/index.js';
import { ModelCatalogue } from '../../src/platform/llm/model-catalogue.js';
import { RedisClient } from '../../src/platform/redis/redis.module.js';
import { GithubProxy, Listener } from './github-proxy.js';

interface Page {
  readonly items: { readonly fullName: string }[];
}

describe('what leaves the server', () => {
  let stack: Stack;
  let api: TestApi;
  let github: GithubProxy;
  let elsewhere: Listener;
  let member: ApiClient;
  let userId: string;
  let repositoryId: string;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    [github, elsewhere] = await Promise.all([GithubProxy.before(stack.forgeUrl), Listener.start()]);
    stack.onStop(() => Promise.all([github.close(), elsewhere.close()]));
    api = await startApi(stack, github.env);
    member = await signIn(api, 'member');
    userId = (await member.get<{ id: string }>('/api/auth/me')).body.id;
    ({ repositoryId } = await api.get(RepositoriesService).access(userId, 'acme', 'todo-api'));
  });
  beforeEach(async () => {
    github.behaves();
    github.calls.length = 0;
    const redis = api.get(RedisClient);
    for (const key of await redis.keys('yudai:*')) if (!key.includes('bull')) await redis.del(key);
  });
  afterAll(() => stack.stop());

  const issue = { title: 'An issue', body: 'text', labels: [], assignees: [] };
  const at = { owner: 'acme', repo: 'todo-api' };
  const codeOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code,
    );

  it('goes to GitHub Enterprise Server below its own path: sign-in, lists, issues, git', async () => {
    const { body } = await member.get<Page>('/api/github/repositories?query=todo-api');
    expect(body.items.map(({ fullName }) => fullName)).toEqual(['acme/todo-api']);
    expect((await member.get('/api/github/repositories/acme/todo-api/branches')).status).toBe(200);
    const { number } = await api.get(GithubIssues).create(userId, at, issue);
    expect((await api.get(GithubIssues).get(userId, at, number)).title).toBe('An issue');
    const { commit } = await api.get(GitMirror).fetch({ userId, repositoryId, branch: 'main' });
    await api.get(GitMirror).push({ userId, repositoryId, branch: 'from-here', commit });
    expect(github.calls.every((call) => /^\w+ \/(api\/v3\/|acme\/todo-api\.git\/)/.test(call))).toBe(true);
  });

  it.each([301, 302, 303, 307, 308])(
    'does not follow a %i of the API to another server, and says that GitHub failed',
    async (status) => {
      github.diverts(/ \/api\/v3\//, status, elsewhere.url);
      const answers = await Promise.all(
        ['', '/acme/todo-api', '/acme/todo-api/issues', '/acme/todo-api/labels'].map((path) =>
          member.get<{ code: string }>(`/api/github/repositories${path}`),
        ),
      );
      expect(answers.map(({ body }) => body.code)).toEqual(answers.map(() => 'github.failed'));
      expect(await codeOf(api.get(GithubIssues).create(userId, at, issue))).toBe('github.failed');
      expect(elsewhere.connections).toBe(0);
    },
  );

  it('goes to none of the places that a redirect may name', async () => {
    const { port } = new URL(elsewhere.url);
    const targets = [
      'http://169.254.169.254/latest/meta-data/',
      'http://metadata.google.internal/',
      `http://localhost:${port}/`,
      `http://127.1:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f000001:${port}/`,
      `http://0177.0.0.1:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://[::ffff:7f00:1]:${port}/`,
      `http://0.0.0.0:${port}/`,
      `//127.0.0.1:${port}/`,
      `https://127.0.0.1:${port}/`,
      `http://user:password@127.0.0.1:${port}/`,
      `${github.url.replace('http:', 'https:')}/`,
      'file:///etc/passwd',
      'gopher://127.0.0.1:70/',
      'data:application/json,{}',
      'javascript:alert(1)',
      'http://',
    ];
    for (const target of targets) {
      github.diverts(/ \/api\/v3\//, 302, target);
      const { body } = await member.get<{ code: string }>('/api/github/repositories/acme/todo-api/labels');
      expect([target, body.code]).toEqual([target, 'github.failed']);
    }
    expect(elsewhere.connections).toBe(0);
  });

  it('follows the redirect of a repository that was renamed, which stays on the server', async () => {
    github.diverts(/acme\/old-name/, 301, `${github.url}/api/v3/repos/acme/todo-api`);
    expect((await api.get(RepositoriesService).access(userId, 'acme', 'old-name')).fullName).toBe('acme/todo-api');
  });

  it('takes no address from an answer: not of pages, clones, avatars, installations or pictures', async () => {
    github.changes((call, answered) => ({
      ...answered,
      headers: {
        ...answered.headers,
        ...(call.endsWith('&page=1') ? { link: `<${elsewhere.url}/api/v3/user/repos?page=2>; rel="next"` } : {}),
      },
      body: answered.headers['content-type']?.includes('json')
        ? Buffer.from(answered.body.toString('utf8').replaceAll(stack.forgeUrl, elsewhere.url))
        : answered.body,
    }));
    const again = await signIn(api, 'member');
    expect((await again.get<Page>('/api/github/repositories')).status).toBe(200);
    for (const path of ['', '/branches', '/issues', '/labels', '/assignees']) {
      expect((await again.get(`/api/github/repositories/acme/todo-api${path}`)).status).toBe(200);
    }
    await api.get(GitMirror).fetch({ userId, repositoryId, branch: 'main' });
    await api.get(GithubIssues).create(userId, at, issue);
    expect(github.calls.filter((call) => call.endsWith('&page=2')).length).toBeGreaterThan(3);
    expect(elsewhere.connections).toBe(0);
  });

  it.each([301, 302, 307, 308])('git does not follow a %i to another server', async (status) => {
    github.diverts(/\.git\//, status, elsewhere.url);
    expect(await codeOf(api.get(GitMirror).fetch({ userId, repositoryId, branch: 'main' }))).toBe('github.failed');
    expect(await codeOf(api.get(GitMirror).push({ userId, repositoryId, branch: 'x', commit: 'main' }))).toMatch(
      /^github\./,
    );
    expect(elsewhere.connections).toBe(0);
  });

  it('tokens are not renewed anywhere else', async () => {
    github.diverts(/login\/oauth\/access_token/, 307, elsewhere.url);
    await stack.sql('UPDATE github_tokens SET expires_at = now() WHERE user_id = $1', [userId]);
    expect(await codeOf(api.get(GithubTokens).forUser(userId))).toBe('github.unavailable');
    expect(elsewhere.connections).toBe(0);
    github.behaves();
    expect(await codeOf(api.get(GithubTokens).forUser(userId))).toBe('done');
  });

  it("an impossible name of a repository's is no answer of GitHub's", async () => {
    for (const name of ['../../evil', '..', 'a b', 'a\nb', '']) {
      github.changes((call, answered) =>
        call.includes('/repos/acme/odd')
          ? {
              status: 200,
              headers: { 'content-type': 'application/json' },
              body: Buffer.from(JSON.stringify({ id: 9, name, owner: { login: 'acme' }, private: false })),
            }
          : answered,
      );
      expect(await codeOf(api.get(RepositoriesService).access(userId, 'acme', 'odd'))).toBe('github.failed');
    }
  });

  it("the model's endpoint leads nowhere else either", async () => {
    const model = createServer((req, res) => {
      res.writeHead(307, { location: `${elsewhere.url}${req.url ?? ''}` }).end();
    });
    await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
    const other = await startApi(stack, { ...github.env, LLM_BASE_URL: url });
    expect(await codeOf(other.get(ModelCatalogue).list())).toMatch(/^llm\./);
    expect(elsewhere.connections).toBe(0);
    await other.stop();
    model.closeAllConnections();
    await new Promise((closed) => model.close(closed));
  });
});
