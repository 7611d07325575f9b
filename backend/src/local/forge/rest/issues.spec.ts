import { api, control, type Fields, testForge, type TestForge, tokenOf } from '../../../../test/local/test-forge.js';

const SAMPLE = '/repos/acme/todo-api';
type List = Fields[];

describe('issues and pull requests', () => {
  let forge: TestForge;
  let admin: string;
  beforeAll(async () => {
    forge = await testForge();
    admin = await tokenOf(forge.url, 'admin');
  });
  afterAll(() => forge.stop());

  const commit = (branch: string, files: Record<string, string>): Promise<unknown> =>
    control(forge, 'POST /repositories/acme/todo-api/commits', { branch, message: 'Change', files });

  it('the sample has its open issues, the latest first', async () => {
    const { body } = await api<List>(forge, admin, `GET ${SAMPLE}/issues`);
    expect(body.map((issue) => Number(issue['number'])).sort()).toEqual([1, 2, 3, 4]);
    expect(body.at(-1)).toMatchObject({ number: 1, user: { login: 'member' }, labels: [{ name: 'bug' }] });
  });

  it('an issue keeps its text, labels and assignees, and shows on a page', async () => {
    const input = {
      title: 'A <b>bold</b> title',
      body: 'Line 1\n<!-- marker -->',
      labels: ['bug'],
      assignees: ['member'],
    };
    const made = await api(forge, admin, `POST ${SAMPLE}/issues`, input);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      title: input.title,
      body: input.body,
      state: 'open',
      assignees: [{ login: 'member' }],
    });
    const url = String(made.body['html_url']);
    expect(url).toBe(`${forge.url}/acme/todo-api/issues/${Number(made.body['number'])}`);
    const page = await (await fetch(url)).text();
    expect(page).toContain('A &#60;b&#62;bold&#60;/b&#62; title');
    expect(page).not.toContain('<b>bold</b>');
  });

  it('texts have the limits of GitHub', async () => {
    const post = async (body: object): Promise<Fields> => (await api(forge, admin, `POST ${SAMPLE}/issues`, body)).body;
    expect(await post({ title: '  ' })).toMatchObject({ errors: [{ field: 'title', code: 'missing_field' }] });
    expect(await post({ title: 't'.repeat(257) })).toMatchObject({ errors: [{ field: 'title' }] });
    expect(await post({ title: 't', body: 'b'.repeat(65_537) })).toMatchObject({ errors: [{ field: 'body' }] });
    expect(await post({ title: 't', assignees: ['nobody'] })).toMatchObject({
      errors: [{ field: 'assignees', code: 'invalid' }],
    });
  });

  it('are filtered by state, time, label and person', async () => {
    const numbers = async (query: string): Promise<number[]> =>
      (await api<List>(forge, admin, `GET ${SAMPLE}/issues?${query}`)).body.map((issue) => Number(issue['number']));
    expect(await numbers('labels=documentation')).toEqual([4]);
    expect(await numbers('labels=documentation,bug')).toEqual([]);
    expect(await numbers('creator=auditor')).toEqual([2]);
    expect(await numbers('state=closed')).toEqual([]);
    expect(await numbers('since=2026-11-15T00:00:00Z&creator=member')).toEqual([3]);
    expect(await numbers('assignee=none&creator=auditor')).toEqual([2]);
    expect(await numbers('assignee=auditor')).toEqual([]);
  });

  it('a pull request needs two branches with something between them, and there is one for each', async () => {
    const post = (body: object) => api(forge, admin, `POST ${SAMPLE}/pulls`, body);
    expect((await post({ title: 't', head: 'nowhere', base: 'main' })).body).toMatchObject({
      errors: [{ field: 'head', code: 'invalid' }],
    });
    expect((await post({ title: 't', head: 'next', base: 'nowhere' })).body).toMatchObject({
      errors: [{ field: 'base', code: 'invalid' }],
    });
    expect((await post({ title: 't', head: 'globex:next', base: 'main' })).body).toMatchObject({
      errors: [{ field: 'head' }],
    });
    expect((await post({ title: 't', head: 'main', base: 'main' })).body).toMatchObject({
      errors: [{ message: 'No commits between main and main' }],
    });
    expect((await post({ title: '', head: 'next', base: 'main' })).body).toMatchObject({
      errors: [{ field: 'title' }],
    });

    await commit('fix/one', { 'src/fix.js': 'export {};\n' });
    const input = { title: 'Fix one', head: 'fix/one', base: 'main', body: 'Closes #1', draft: true };
    const made = await post(input);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      draft: true,
      commits: 1,
      additions: 1,
      changed_files: 1,
      head: { ref: 'fix/one' },
      base: { ref: 'main' },
    });
    expect(await post(input)).toMatchObject({
      status: 422,
      body: { errors: [{ message: 'A pull request already exists for acme:fix/one.' }] },
    });
    const page = await (await fetch(String(made.body['html_url']))).text();
    expect(page).toContain('+export {};');
  });

  it('a pull request is found by its branch, follows it, and stands among the issues', async () => {
    await commit('fix/two', { 'a.txt': 'a' });
    const { body: made } = await api(forge, admin, `POST ${SAMPLE}/pulls`, {
      title: 'Two',
      head: 'acme:fix/two',
      base: 'main',
    });
    const { body } = await control(forge, 'POST /repositories/acme/todo-api/commits', {
      branch: 'fix/two',
      message: 'More',
      files: { 'b.txt': 'b' },
    });
    const found = await api<List>(forge, admin, `GET ${SAMPLE}/pulls?head=acme:fix/two&state=all`);
    expect(found.body).toMatchObject([{ number: made['number'], head: { sha: body['sha'] } }]);
    expect((await api<List>(forge, admin, `GET ${SAMPLE}/pulls?head=globex:fix/two`)).body).toEqual([]);
    const issue = await api(forge, admin, `GET ${SAMPLE}/issues/${Number(made['number'])}`);
    expect(issue.body).toMatchObject({ pull_request: { url: made['url'] } });
  });

  it('issues made at the same time get numbers of their own', async () => {
    const titles = Array.from({ length: 10 }, (_, index) => `At once ${index}`);
    const made = await Promise.all(titles.map((title) => api(forge, admin, `POST ${SAMPLE}/issues`, { title })));
    expect(new Set(made.map(({ body }) => Number(body['number']))).size).toBe(10);
  });

  it('an archived repository takes nothing', async () => {
    const archived = (await api<List>(forge, admin, 'GET /user/repos?per_page=100')).body.find((repository) =>
      Boolean(repository['archived']),
    );
    const answer = await api(forge, admin, `POST /repos/${String(archived?.['full_name'])}/issues`, { title: 't' });
    expect(answer).toMatchObject({ status: 403, body: { message: 'Repository was archived so is read-only.' } });
  });
});
