import { type ApiClient, anonymous, signIn, type Stack, startApi, startStack, type TestApi } from '../support/index.js';

describe('the stack of a test file', () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;

  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
    member = await signIn(api, 'member');
  });
  afterAll(() => stack.stop());

  it('has an empty, migrated database and a ready api', async () => {
    expect((await anonymous(api).get('/api/health/ready')).status).toBe(200);
    expect(await stack.sql('SELECT login FROM users')).toEqual([{ login: 'member' }]);
  });

  it('signs in through the forge, and writes as a page of its own does', async () => {
    expect((await member.get<{ login: string; role: string }>('/api/auth/me')).body).toMatchObject({ login: 'member' });
    expect((await member.with({ origin: 'https://evil.example' }).post('/api/auth/logout')).status).toBe(403);
    expect((await member.post('/api/auth/logout')).status).toBe(204);
    expect((await member.get('/api/auth/me')).status).toBe(401);
  });
});
