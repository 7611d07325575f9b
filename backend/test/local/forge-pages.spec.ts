import { git } from '../../src/platform/git/git.js';
import { scratch, testForge, type TestForge } from './test-forge.js';

describe('the pages of the forge', () => {
  let forge: TestForge;
  let commit: string;

  beforeAll(async () => {
    forge = await testForge();
    const refs = await git(['ls-remote', `${forge.url}/acme/todo-api.git`, 'refs/heads/main'], { cwd: scratch() });
    commit = refs.toString().slice(0, 40);
  });
  afterAll(() => forge.stop());

  const look = async (path: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${forge.url}${path}`);
    return { status: answer.status, text: await answer.text() };
  };

  it('show a file at a commit with its lines numbered, where permanent links to code lead', async () => {
    const { status, text } = await look(`/acme/todo-api/blob/${commit}/src/todos/paginate.js`);
    expect(status).toBe(200);
    expect(text).toContain('<span id="L1">');
    expect(text).toContain('src/todos/paginate.js');
  });

  it.each([
    ['a file that is not there', '/acme/todo-api/blob/COMMIT/src/none.js'],
    ['a folder', '/acme/todo-api/blob/COMMIT/src'],
    ['a commit that is an option', '/acme/todo-api/blob/--help/src/app.js'],
    ['another repository', '/globex/nothing/blob/COMMIT/src/app.js'],
  ])('say of %s that there is no such page', async (_what, path) => {
    expect((await look(path.replace('COMMIT', commit))).status).toBe(404);
  });
});
