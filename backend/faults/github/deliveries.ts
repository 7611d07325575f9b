import { createRequire } from 'node:module';
import type { WebhookDefinition } from '@octokit/webhooks-examples';
import { deliver, signatureOf } from '../../test/github/signed-delivery.js';
import { spawnApi, spawnWorker, type Stack, startStack, waitFor } from '../../test/support/index.js';
import { must, type Promised } from '../promise.js';

const REPLAYS = 1_000;
const KILLS = 3;
const SOON_MS = 1_000;
/** One may meet a machine that has something else to do for a moment; GitHub itself waits for ten seconds. */
const LEAST_SOON = 0.99;
const LONGEST_MS = 10_000;
const SETTLED_MS = 60_000;

const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as WebhookDefinition[];
const payloads = examples.flatMap(({ name, examples: bodies }) =>
  bodies.map((body) => ({ event: name, body: JSON.stringify(body) })),
);

/** GitHub's own example payloads, each in four forged forms too, with a worker that is killed while it works on them. */
export const githubDeliveries: Promised = {
  name: 'github.deliveries',
  promise: 'deliveries of GitHub are taken within a second and processed once, forged ones are refused',
  async run({ random }) {
    const stack = await startStack({ forge: true });
    try {
      const api = await spawnApi(stack);
      let worker = await spawnWorker(stack);
      const times: number[] = [];
      const ids: string[] = [];
      const deaths = new Set(Array.from({ length: KILLS }, () => Math.floor(random() * payloads.length)));
      for (const [n, { event, body }] of payloads.entries()) {
        if (deaths.has(n)) {
          await worker.end('SIGKILL');
          worker = await spawnWorker(stack);
        }
        const { status, id, milliseconds } = await deliver(api, { event, body });
        must(status === 202, `a delivery of ${event} was answered with ${status}`);
        times.push(milliseconds);
        ids.push(id);
        const answers = forged(body).map(async (signature) => (await deliver(api, { event, body, signature })).status);
        const refusals = await Promise.all(answers);
        must(
          refusals.every((code) => code === 401),
          `forged deliveries of ${event} were answered with ${refusals.join()}`,
        );
      }
      const [id = ''] = ids;
      const first = payloads[0] as (typeof payloads)[number];
      for (let n = 0; n < REPLAYS; n++) {
        const { status, milliseconds } = await deliver(api, { ...first, id });
        must(status === 202, `a replay was answered with ${status}`);
        times.push(milliseconds);
      }
      await processed(stack, ids);
      const slowest = Math.max(...times);
      const soon = times.filter((time) => time < SOON_MS).length;
      const inTime = `${soon} of ${times.length} answers within a second, the slowest after ${slowest.toFixed(0)} ms`;
      must(soon >= LEAST_SOON * times.length && slowest < LONGEST_MS, inTime);
      return `${ids.length} of ${ids.length} processed once though the worker was killed ${deaths.size} times, ${ids.length * 4} forged ones refused, ${REPLAYS} replays had no effect; ${inTime}`;
    } finally {
      await stack.stop();
    }
  },
};

/** Of another secret, of the old kind, of other bytes, of the same JSON written otherwise. */
function forged(body: string): string[] {
  return [
    signatureOf(body, 'another secret of somebody'),
    signatureOf(body, undefined, 'sha1'),
    signatureOf(`${body} `),
    signatureOf(JSON.stringify(JSON.parse(body), null, 1)),
  ];
}

async function processed(stack: Stack, ids: readonly string[]): Promise<void> {
  await waitFor(
    'the deliveries to be processed',
    async () => (await stack.sql('SELECT 1 FROM webhook_deliveries WHERE processed_at IS NULL')).length === 0,
    SETTLED_MS,
  );
  const rows = await stack.sql<{ count: string }>(
    "SELECT count(*) FROM audit_entries WHERE action = 'webhook.process' AND result = 'ok' GROUP BY target_id",
  );
  const kept = await stack.sql('SELECT 1 FROM webhook_deliveries');
  must(
    rows.length === ids.length && rows.every(({ count }) => count === '1') && kept.length === ids.length,
    `${rows.length} of ${ids.length} had an effect, ${rows.filter(({ count }) => count !== '1').length} more than one; ${kept.length} are kept`,
  );
}
