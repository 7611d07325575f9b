import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import type { WebhookDefinition } from '@octokit/webhooks-examples';
import {
  signIn,
  spawnApi,
  type Stack,
  startApi,
  startStack,
  startWorker,
  type TestApi,
  waitFor,
} from '../support/index.js';
import { RedisClient } from '../../src/platform/redis/redis.module.js';
import { deliver, signatureOf } from './signed-delivery.js';

const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as WebhookDefinition[];
const payloads = examples.flatMap(({ name, examples: bodies }) =>
  bodies.map((body) => ({ event: name, body: JSON.stringify(body) })),
);

describe("GitHub's deliveries", () => {
  let stack: Stack;
  let api: TestApi;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    api = await startApi(stack);
  });
  afterAll(() => stack.stop());

  let worker: Promise<unknown> | undefined;
  const working = (): Promise<unknown> => (worker ??= startWorker(stack));
  const waiting = async (): Promise<number> =>
    (await stack.sql('SELECT 1 FROM webhook_deliveries WHERE processed_at IS NULL')).length;
  const processed = (id: string) =>
    waitFor(
      'the delivery to be processed',
      async () =>
        (await stack.sql('SELECT 1 FROM webhook_deliveries WHERE id = $1 AND processed_at IS NOT NULL', [id]))
          .length === 1,
    );
  const effects = async (id: string): Promise<number> =>
    (await stack.sql("SELECT 1 FROM audit_entries WHERE action = 'webhook.process' AND target_id = $1", [id])).length;

  it('that came while no worker ran, and whose job was lost, are processed when one does', async () => {
    const mortal = await spawnApi(stack);
    const { status, id } = await deliver(mortal, { event: 'ping', body: '{"zen":"Keep it logically awesome."}' });
    expect(status).toBe(202);
    await mortal.process.end('SIGKILL');
    await api.get(RedisClient).flushdb();
    // GitHub sends it again, with the same id.
    expect((await deliver(api, { event: 'ping', body: '{"zen":"Keep it logically awesome."}', id })).status).toBe(202);
    expect(await effects(id)).toBe(0);
    // Of the job that it has made nothing is left either.
    await api.get(RedisClient).flushdb();
    await working();
    await processed(id);
    expect((await deliver(api, { event: 'ping', body: '{"zen":"Keep it logically awesome."}', id })).status).toBe(202);
    expect(await effects(id)).toBe(1);
  });

  it('of every kind that GitHub has are taken and processed; each forged one is refused', async () => {
    expect(payloads.length).toBeGreaterThan(300);
    await working();
    const ids = new Set<string>();
    for (const { event, body } of payloads) {
      const { status, id } = await deliver(api, { event, body });
      expect([event, status]).toEqual([event, 202]);
      ids.add(id);
    }
    const forged = payloads.filter((_payload, n) => n % 10 === 0);
    for (const { event, body } of forged) {
      const signatures = [
        signatureOf(body, 'another secret of somebody'),
        signatureOf(body, undefined, 'sha1'),
        signatureOf(`${body} `),
        signatureOf(JSON.stringify(JSON.parse(body), null, 1)),
      ];
      const statuses = signatures.map(async (signature) => (await deliver(api, { event, body, signature })).status);
      expect(await Promise.all(statuses)).toEqual([401, 401, 401, 401]);
    }
    const kept = await stack.sql('SELECT 1 FROM webhook_deliveries WHERE id = ANY($1)', [[...ids]]);
    expect(kept).toHaveLength(ids.size);
    await waitFor('all of them to be processed', async () => (await waiting()) === 0, 60_000);
  });

  it('that are replayed have one effect', async () => {
    await working();
    const member = await signIn(api, 'member');
    await member.get('/api/github/repositories/acme/todo-api');
    const [{ github_id: githubId }] = (await stack.sql<{ github_id: string }>(
      "SELECT github_id FROM repositories WHERE name = 'todo-api'",
    )) as [{ github_id: string }];
    const id = randomUUID();
    const body = JSON.stringify({
      ref: 'refs/heads/main',
      after: 'a'.repeat(40),
      repository: { id: Number(githubId) },
    });
    const statuses = new Map<number, number>();
    for (let round = 0; round < 100; round++) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(api, { event: 'push', body, id })));
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses]).toEqual([[202, 1_000]]);
    await processed(id);
    expect(await effects(id)).toBe(1);
  });

  it('that were given up are processed when GitHub sends them again', async () => {
    await working();
    const { id } = await deliver(api, { event: 'ping', body: '{}' });
    await processed(id);
    await stack.sql(
      'UPDATE webhook_deliveries SET processed_at = NULL, failed_at = now(), attempts = 8 WHERE id = $1',
      [id],
    );
    expect((await deliver(api, { event: 'ping', body: '{}', id })).status).toBe(202);
    await processed(id);
    expect(await stack.sql('SELECT attempts, failed_at FROM webhook_deliveries WHERE id = $1', [id])).toEqual([
      { attempts: 1, failed_at: null },
    ]);
  });
});
