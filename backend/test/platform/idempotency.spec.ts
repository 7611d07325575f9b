import {
  type ApiClient,
  signIn,
  itOnRealServers,
  spawnApi,
  type Stack,
  startApi,
  startStack,
  type TestApi,
  waitFor,
} from '../support/index.js';
import { ForgeControl } from '../github/forge-control.js';

interface Session {
  readonly id: string;
  readonly code?: string;
}

describe('Idempotency-Key', () => {
  let stack: Stack;
  let api: TestApi;
  let member: ApiClient;
  let forge: ForgeControl;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
    forge = new ForgeControl(stack);
    member = await signIn(api, 'member');
  });
  afterAll(() => stack.stop());

  const WISH = { owner: 'acme', repo: 'todo-api', title: 'once' };
  const post = (key: string, body: object = WISH, client = member) =>
    client.post<Session>('/api/sessions', body, { 'idempotency-key': key });
  const count = async (): Promise<number> => (await stack.sql('SELECT 1 FROM sessions')).length;

  itOnRealServers('the same request is done once, however many come at the same time, in two processes', async () => {
    const other = await spawnApi(stack);
    const before = await count();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => post('at-once', WISH, n % 2 ? member : member.at(other))),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect([answers[0]?.status, await count()]).toEqual([201, before + 1]);
    await other.process.end();
  });

  it('a first request that is only slow is not taken over, however long an equal one waits', async () => {
    await forge.fault('latency', 'GET /repos/acme/todo-api$', { ms: 3_000 });
    // What GitHub has answered to the member is remembered for a while.
    const newcomer = await signIn(api, 'admin');
    const wish = { ...WISH, title: 'slow' };
    const first = post('slow', wish, newcomer);
    const left = await waitFor('the first request', async () => {
      const [row] = await stack.sql<{ seconds: number }>(
        "SELECT extract(epoch FROM lease_until - now())::int AS seconds FROM idempotency_keys WHERE key = 'slow' AND status IS NULL",
      );
      return row?.seconds;
    });
    // An equal request waits for 30 seconds.
    expect(left).toBeGreaterThan(30);
    const second = await post('slow', wish, newcomer);
    expect([second.status, second.body.id]).toEqual([201, (await first).body.id]);
  });

  it('another body under the same key is refused', async () => {
    await post('reused');
    const answer = await post('reused', { ...WISH, title: 'another' });
    expect([answer.status, answer.body.code]).toEqual([422, 'idempotency.mismatch']);
  });

  it('belongs to its user', async () => {
    const admin = await signIn(api, 'admin');
    const [own, foreign] = [await post('shared-key'), await post('shared-key', WISH, admin)];
    expect([foreign.status, foreign.body.id === own.body.id]).toEqual([201, false]);
  });

  it('a request that failed may be sent again', async () => {
    expect((await post('failed-first', { owner: 'acme', repo: 'no-such-thing' })).status).toBe(404);
    expect((await post('failed-first', WISH)).status).toBe(201);
  });

  it('a first request whose process died is taken over', async () => {
    const [user] = await stack.sql<{ id: string }>("SELECT id FROM users WHERE login = 'member'");
    const first = await post('died');
    await stack.sql(
      "UPDATE idempotency_keys SET status = NULL, answer = NULL, lease_until = now() - interval '1 second' WHERE key = 'died' AND user_id = $1",
      [user?.id],
    );
    const second = await post('died');
    expect([second.status, second.body.id === first.body.id]).toEqual([201, false]);
  });

  it.each(['', 'with space', 'x'.repeat(201), 'ümläut'])('is refused as %j', async (key) => {
    const answer = await member.post<Session>('/api/sessions', WISH, {
      'idempotency-key': Buffer.from(key, 'utf8').toString('latin1'),
    });
    expect([key, answer.status, answer.body.code]).toEqual([key, 422, 'idempotency.key']);
  });

  it('is forgotten after a day', async () => {
    const first = await post('old');
    await stack.sql("UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = 'old'");
    expect((await post('old')).body.id).not.toBe(first.body.id);
  });
});
