import { LeaseLostError, Leases, type Lease } from '../../src/platform/database/lease.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { type Stack, startApi, startStack, type TestApi, waitFor } from '../support/index.js';

const TABLE = 'webhook_deliveries';
const ID = '0197a3c4-0000-7000-8000-000000000001';
const MINUTE = { seconds: 60 };

describe('a row that a worker holds', () => {
  let stack: Stack;
  let leases: Leases;
  let api: TestApi;
  beforeAll(async () => {
    stack = await startStack();
    api = await startApi(stack);
    leases = api.get(Leases);
  });
  beforeEach(async () => {
    await stack.sql(`DELETE FROM ${TABLE}`);
    await stack.sql(`INSERT INTO ${TABLE} (id, event, payload) VALUES ($1, 'ping', '{}')`, [ID]);
  });
  afterAll(() => stack.stop());

  const claimed = async (): Promise<Lease> => {
    const lease = await leases.claim(TABLE, ID, MINUTE);
    if (!lease) throw new Error('it is held by somebody');
    return lease;
  };
  const stores = (lease: Lease): Promise<void> => api.get(Transactions).run((tx) => leases.assertHeld(tx, lease));
  const outlive = (): Promise<unknown> => stack.sql(`UPDATE ${TABLE} SET lease_until = now() - interval '1 second'`);

  it('is nobody else’s until it is given back, or its lease ends', async () => {
    const first = await claimed();
    expect(await leases.claim(TABLE, ID, MINUTE)).toBeNull();
    await leases.release(first);
    await claimed();
    expect(await leases.claim(TABLE, ID, MINUTE)).toBeNull();
    await outlive();
    expect(await leases.claim(TABLE, ID, MINUTE)).not.toBeNull();
  });

  it('takes nothing any more from who held it before', async () => {
    const first = await claimed();
    await stores(first);
    await outlive();
    const second = await claimed();
    await expect(stores(first)).rejects.toBeInstanceOf(LeaseLostError);
    expect(await leases.heartbeat(first, MINUTE)).toBe(false);
    await leases.release(first);
    expect(await leases.claim(TABLE, ID, MINUTE)).toBeNull();
    await stores(second);
  });

  it('is worked on no longer when somebody else has it', async () => {
    await leases.hold(TABLE, ID, { seconds: 1 }, async (_lease, signal) => {
      await stack.sql(`UPDATE ${TABLE} SET fence = fence + 1`);
      await waitFor('the end of the work', () => signal.aborted, 5_000);
    });
  });
});
