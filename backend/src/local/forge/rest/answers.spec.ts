import type { ErrorObject } from 'ajv';
import { api, control, testForge, type TestForge, tokenOf } from '../../../../test/local/test-forge.js';
import { Description } from '../openapi/description.js';
import { SchemaCompiler } from '../openapi/request-schemas.js';

const SAMPLE = '/repos/acme/todo-api';
const NEW_PULL = { title: 'Take the next version in', head: 'next', base: 'main', body: 'b', draft: true };

/** A call for each operation, in an order in which there is something to be answered. */
const CALLS: readonly (readonly [route: string, call: string, body: object | undefined])[] = (
  [
    ['GET /user', 'GET /user'],
    ['GET /user/memberships/orgs/{org}', 'GET /user/memberships/orgs/acme'],
    ['GET /user/installations', 'GET /user/installations'],
    ['GET /user/repos', 'GET /user/repos?per_page=100'],
    ['GET /repos/{owner}/{repo}', `GET ${SAMPLE}`],
    ['GET /repos/{owner}/{repo}/branches', `GET ${SAMPLE}/branches`],
    ['GET /repos/{owner}/{repo}/branches/{branch}', `GET ${SAMPLE}/branches/main`],
    ['GET /repos/{owner}/{repo}/labels', `GET ${SAMPLE}/labels`],
    ['GET /repos/{owner}/{repo}/assignees', `GET ${SAMPLE}/assignees`],
    [
      'POST /repos/{owner}/{repo}/issues',
      `POST ${SAMPLE}/issues`,
      { title: 't', labels: ['bug', 'new'], assignees: ['admin'] },
    ],
    ['POST /repos/{owner}/{repo}/pulls', `POST ${SAMPLE}/pulls`, NEW_PULL],
    ['GET /repos/{owner}/{repo}/pulls', `GET ${SAMPLE}/pulls`],
    ['GET /repos/{owner}/{repo}/issues', `GET ${SAMPLE}/issues`],
    ['GET /repos/{owner}/{repo}/issues/{issue_number}', `GET ${SAMPLE}/issues/5`],
  ] as const
)
  // Whole, because Jest puts a callback in the place of a member that is missing.
  .map(([route, call, body]: readonly [string, string, object?]) => [route, call, body] as const);

describe("answers have the form of GitHub's own description:", () => {
  let forge: TestForge;
  let token: string;
  const description = Description.load();
  const compiler = new SchemaCompiler(description);
  beforeAll(async () => {
    forge = await testForge();
    token = await tokenOf(forge.url, 'admin');
  });
  afterAll(() => forge.stop());

  it.each(CALLS)('%s', async (route, call, body) => {
    const answer = await api(forge, token, call, body);
    const schema = description.operation(route).answers.get(answer.status);
    expect([route, answer.status, schema !== undefined]).toEqual([route, call.startsWith('POST') ? 201 : 200, true]);
    const validate = compiler.compileAnswer(schema ?? {});
    validate(answer.body);
    expect((validate.errors ?? []).map(describeError)).toEqual([]);
  });

  it('every operation that is served was looked at', async () => {
    const { body } = await control<{ items: string[] }>(forge, 'GET /operations');
    expect([...body.items].sort()).toEqual(CALLS.map(([route]) => route).sort());
  });

  it('and so have refusals', async () => {
    const { status, body } = await api(forge, token, 'GET /repos/acme/nothing');
    expect([status, body]).toEqual([
      404,
      { message: 'Not Found', documentation_url: expect.any(String) as string, status: '404' },
    ]);
  });
});

function describeError({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`;
}
