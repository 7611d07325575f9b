import { AuditLog } from '../../src/modules/audit/index.js';
import { ForwardingRepository } from '../../src/modules/audit/forwarding/forwarding.repository.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MetricsRegistry } from '../../src/platform/metrics/metrics.registry.js';
import { type Stack, startStack, startWorker, type TestApp, waitFor } from '../support/index.js';
import { HttpListener, SyslogListener, type TestCollector } from './listeners.js';

describe('forwarding of the trail', () => {
  let stack: Stack;
  let worker: TestApp;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterEach(() => worker.stop());
  afterAll(() => stack.stop());

  async function act(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      await worker
        .get(Transactions)
        .run((tx) =>
          worker.get(AuditLog).record(tx, { action: 'ä b', target: { type: 'x' }, result: 'denied', details: { n } }),
        );
    }
  }

  const range = (after: number, count: number): number[] =>
    Array.from({ length: count }, (_, index) => after + 1 + index);
  const caughtUp = (collector: TestCollector, count: number): Promise<boolean> =>
    waitFor(`${count} entries`, () => collector.firsts.length >= count);
  /** Tests need not wait as long as a collector that is down. */
  const retryAtOnce = (): Promise<unknown> => stack.sql('UPDATE audit_forwarding SET run_after = now()');

  it('is off without a collector', async () => {
    worker = await startWorker(stack, { AUDIT_FORWARD_URL: '' });
    await act(10);
    expect(await worker.get(MetricsRegistry).metrics()).not.toContain('audit_forward');
    expect(await stack.sql('SELECT 1 FROM audit_forwarding')).toEqual([]);
  });

  it('by syslog loses nothing and keeps the order when the collector dies and comes back, and when we do', async () => {
    const collector = new SyslogListener();
    await collector.listen();
    const env = { AUDIT_FORWARD_URL: `syslog+tcp://127.0.0.1:${collector.port}` };
    worker = await startWorker(stack, env);
    await act(40);
    await waitFor('the first', () => collector.received.length > 0);
    for (let round = 0; round < 3; round++) {
      await collector.die();
      await act(40);
      await waitFor('an attempt that fails', async () => (await failures()) > 0);
      await collector.listen();
      await retryAtOnce();
      await waitFor('the collector to hear again', async () => (await failures()) === 0);
    }
    await worker.stop();
    worker = await startWorker(stack, env);
    await act(40);
    // What was written before there was a collector comes first.
    await caughtUp(collector, 210);
    expect(collector.firsts).toEqual(range(0, 210));
    await waitFor('it to be noted', async () => (await row())?.seq === '210');
    // Facility 13 (log audit), severity 4 (warning); the name of the act in printable ASCII.
    expect(collector.heads[0]).toMatch(/^<108>1 \d{4}-\d\d-\d\dT[\d:.]+Z 127\.0\.0\.1 yudai - \?\?b - $/);
    await collector.die();
  });

  it('by HTTP loses nothing and keeps the order while the collector refuses, dies and comes back', async () => {
    const collector = new HttpListener();
    await collector.listen();
    worker = await startWorker(stack, {
      AUDIT_FORWARD_URL: `http://127.0.0.1:${collector.port}/audit`,
      AUDIT_FORWARD_TOKEN: 'a-token-for-the-collector',
    });
    await act(30);
    await caughtUp(collector, 30);
    collector.status = 503;
    await act(30);
    await waitFor('a refusal', async () => (await failures()) > 0);
    await collector.die();
    await retryAtOnce();
    await waitFor('a failed connection', async () => (await failures()) > 1);
    expect(await worker.get(ForwardingRepository).lag()).toMatchObject({ entries: 30 });
    expect(await worker.get(MetricsRegistry).metrics()).toMatch(/^yudai_audit_forward_lag_entries 30$/m);
    collector.status = 200;
    await collector.listen();
    await retryAtOnce();
    await caughtUp(collector, 60);
    expect(collector.firsts).toEqual(range(210, 60));
    expect([...collector.authorizations]).toEqual(['Bearer a-token-for-the-collector']);
    await collector.die();
  });

  async function row(): Promise<{ seq: string; failures: number } | undefined> {
    const [found] = await stack.sql<{ seq: string; failures: number }>('SELECT seq, failures FROM audit_forwarding');
    return found;
  }

  async function failures(): Promise<number> {
    return (await row())?.failures ?? 0;
  }
});
