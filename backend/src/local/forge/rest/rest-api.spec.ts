import {
  api,
  control,
  type Fields,
  type Reply,
  testForge,
  type TestForge,
  tokenOf,
} from '../../../../test/local/test-forge.js';

const SAMPLE = '/repos/acme/todo-api';
type List = Fields[];

describe('REST', () => {
  let forge: TestForge;
  let admin: string;
  let member: string;
  let auditor: string;
  beforeAll(async () => {
    forge = await testForge();
    [admin, member, auditor] = await Promise.all([
      tokenOf(forge.url, 'admin'),
      tokenOf(forge.url, 'member'),
      tokenOf(forge.url, 'auditor'),
    ]);
  });
  afterAll(() => forge.stop());

  describe("refuses what GitHub's description refuses:", () => {
    it.each([
      ['a title that is an object', `POST ${SAMPLE}/issues`, { title: { a: 1 } }, 'body.title'],
      ['an issue without a title', `POST ${SAMPLE}/issues`, { body: 'b' }, 'body.title'],
      ['labels that are no list', `POST ${SAMPLE}/issues`, { title: 't', labels: 'bug' }, 'body.labels'],
      ['an issue without a body', `POST ${SAMPLE}/issues`, undefined, 'body'],
      ['a pull request without a head', `POST ${SAMPLE}/pulls`, { title: 't', base: 'main' }, 'body.head'],
      [
        'a draft that is a word',
        `POST ${SAMPLE}/pulls`,
        { title: 't', head: 'next', base: 'main', draft: 'yes' },
        'body.draft',
      ],
      ['a page that is no number', 'GET /user/repos?page=two', undefined, 'query.page'],
      ['a state that there is not', `GET ${SAMPLE}/issues?state=merged`, undefined, 'query.state'],
      ['a time that is none', `GET ${SAMPLE}/issues?since=yesterday`, undefined, 'query.since'],
      ["an issue's number that is none", `GET ${SAMPLE}/issues/first`, undefined, 'path.issue_number'],
    ])('%s', async (_what, call, body, field) => {
      const answer = await api(forge, admin, call, body);
      expect(answer.status).toBe(422);
      expect((answer.body['errors'] as unknown as List).map((error) => String(error['field']))).toContain(field);
      expect(answer.body).toMatchObject({ message: expect.stringContaining(field) as string, status: '422' });
    });

    it('a body that is no JSON, or too large', async () => {
      const post = (body: string): Promise<Response> =>
        fetch(`${forge.url}/api${SAMPLE}/issues`, {
          method: 'POST',
          body,
          headers: { authorization: `Bearer ${admin}` },
        });
      expect((await post('{"title":')).status).toBe(400);
      expect((await post(JSON.stringify({ title: 't', body: 'x'.repeat(3_000_000) }))).status).toBe(413);
    });

    it('a body that is not null where GitHub allows null', async () => {
      expect((await api(forge, admin, `POST ${SAMPLE}/issues`, { title: 't', assignee: null })).status).toBe(201);
      expect((await api(forge, admin, `POST ${SAMPLE}/issues`, { title: 't', body: null })).status).toBe(422);
    });
  });

  it('answers 501 to a route that it does not have', async () => {
    expect((await api(forge, admin, 'DELETE /repos/acme/todo-api')).status).toBe(501);
    expect((await api(forge, admin, 'GET /search/code?q=x')).status).toBe(501);
  });

  it('knows nobody without a token, and with a wrong one', async () => {
    const answer = await fetch(`${forge.url}/api/user`);
    expect([answer.status, await answer.json()]).toMatchObject([401, { message: 'Requires authentication' }]);
    expect(await api(forge, 'ghu_wrong', 'GET /user')).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials' },
    });
  });

  it('answers no page of a stranger, under no name but its own', async () => {
    const headers = { authorization: `Bearer ${admin}`, origin: 'https://evil.example' };
    expect((await fetch(`${forge.url}/api/user`, { headers })).status).toBe(403);
    expect((await fetch(`${forge.url}/_forge/ledger`, { headers })).status).toBe(403);
  });

  it('gives lists in pages, with links to the others', async () => {
    const names = new Set<string>();
    let next: string | undefined = '/user/repos?per_page=100';
    let pages = 0;
    while (next) {
      const answer: Reply<List> = await api<List>(forge, member, `GET ${next}`);
      for (const repository of answer.body) names.add(String(repository['full_name']));
      next = /<[^>]*\/api([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
      pages++;
    }
    expect([pages, names.size]).toEqual([2, 110]);
    expect((await api<List>(forge, admin, 'GET /user/repos?per_page=500')).body).toHaveLength(100);
    expect((await api<List>(forge, admin, 'GET /user/repos')).body).toHaveLength(30);
    expect((await api<List>(forge, admin, 'GET /user/repos?per_page=100&page=9')).body).toEqual([]);
  });

  it('has more than 120 repositories, the latest pushed first when asked so', async () => {
    const pages = await Promise.all(
      [1, 2].map((page) => api<List>(forge, admin, `GET /user/repos?per_page=100&sort=pushed&page=${page}`)),
    );
    const all = pages.flatMap(({ body }) => body);
    expect(all.length).toBe(140);
    expect(all[0]).toMatchObject({ full_name: 'acme/todo-api', private: false });
    const times = all.map((repository) => String(repository['pushed_at']));
    expect(times).toEqual([...times].sort().reverse());
    expect(all.some((repository) => Boolean(repository['archived']) && Boolean(repository['private']))).toBe(true);
  });

  it('hides globex from member, and lets auditor read only', async () => {
    expect((await api(forge, member, 'GET /repos/globex/fleet-api')).status).toBe(404);
    expect((await api(forge, member, 'GET /user/memberships/orgs/globex')).status).toBe(404);
    expect((await api(forge, member, 'GET /repos/globex/fleet-api/branches')).status).toBe(404);
    const installations = await api<{ installations: { account: { login: string } }[] }>(
      forge,
      member,
      'GET /user/installations',
    );
    expect(installations.body.installations.map(({ account }) => account.login)).toEqual(['acme']);
    expect((await api(forge, auditor, 'GET /repos/globex/fleet-api')).body).toMatchObject({
      permissions: { pull: true, push: false },
    });
    expect((await api(forge, auditor, `POST ${SAMPLE}/issues`, { title: 't' })).status).toBe(403);
    expect((await api(forge, auditor, 'POST /repos/nobody/nothing/issues', { title: 't' })).status).toBe(404);
  });

  it('answers 304 to who has the answer already, at no cost', async () => {
    const first = await api(forge, admin, `GET ${SAMPLE}/labels`);
    const etag = first.headers.get('etag') ?? '';
    const second = await api(forge, admin, `GET ${SAMPLE}/labels`, undefined, { 'if-none-match': etag });
    expect([second.status, second.body]).toEqual([304, undefined]);
    expect(second.headers.get('x-ratelimit-remaining')).toBe(first.headers.get('x-ratelimit-remaining'));
    await api(forge, admin, `POST ${SAMPLE}/issues`, { title: 't', labels: [`label ${etag.slice(3, 9)}`] });
    expect((await api(forge, admin, `GET ${SAMPLE}/labels`, undefined, { 'if-none-match': etag })).status).toBe(200);
  });

  it('ends what a user has taken back, and gives it again', async () => {
    const token = await tokenOf(forge.url, 'member');
    await control(forge, 'POST /users/member/grant', { revoked: true });
    expect((await api(forge, token, 'GET /user')).status).toBe(401);
    expect((await api(forge, await tokenOf(forge.url, 'member'), 'GET /user')).status).toBe(200);
    await control(forge, 'POST /users/member/grant', { revoked: false });
    expect((await api(forge, token, 'GET /user')).status).toBe(200);
  });

  it('tells an empty repository and a branch that is not there', async () => {
    expect((await api<List>(forge, admin, 'GET /repos/acme/new-project/branches')).body).toEqual([]);
    expect(await api(forge, admin, `GET ${SAMPLE}/branches/nowhere`)).toMatchObject({
      status: 404,
      body: { message: 'Branch not found' },
    });
  });

  it('finds a branch with slashes and with letters of any script', async () => {
    for (const branch of ['fix/größe', 'feature/a/b']) {
      await control(forge, 'POST /repositories/acme/todo-api/commits', {
        branch,
        message: 'm',
        files: { 'a.txt': branch },
      });
      for (const name of [branch, encodeURIComponent(branch)]) {
        expect((await api(forge, admin, `GET ${SAMPLE}/branches/${name}`)).body).toMatchObject({ name: branch });
      }
    }
  });
});
