import { DataSource } from 'typeorm';
import { AuditLog } from '../../src/modules/audit/index.js';
import { AuditSealer } from '../../src/modules/audit/audit-sealer.js';
import { newId } from '../../src/platform/database/ids.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { type Stack, startApi, startStack, type TestApi } from '../../test/support/index.js';
import { must, type Promised } from '../promise.js';
import { madeUp } from '../../test/audit/made-up.js';

const WRITERS = 16;
const ACTS = 2_000;
const ROUNDS = 4;
const LEAST = 0.5;

/** The trail's own columns and indexes; no chain, no trigger. */
const BARE = 'CREATE TABLE bare (LIKE audit_entries INCLUDING ALL)';
const COLUMNS =
  'id, at, actor_type, actor_id, actor_login, actor_role, action, target_type, target_id, target_name, result, reason, ' +
  'repository, via, request_id, ip, user_agent, details, seq, prev_hash, hash';

export const auditThroughput: Promised = {
  name: 'audit.throughput',
  promise: `${WRITERS} writers put entries on record, sealed ones, at least half as fast as bare rows with the same columns and commits`,
  async run(at) {
    const stack = await startStack();
    try {
      const api = await startApi(stack, { DATABASE_POOL: String(WRITERS + 2) });
      await stack.sql(BARE);
      await api.get(AuditSealer).seal();
      const figures: { bare: number; audited: number }[] = [];
      for (let round = 0; round <= ROUNDS; round++) {
        const bare = await rate((n) => insert(api, n, round));
        const audited = await rate(
          (n) => record(api, n),
          () => api.get(AuditSealer).seal(),
        );
        at.note(`bare ${bare.toFixed(0)}/s, audited ${audited.toFixed(0)}/s`);
        // The first round warms both up.
        if (round > 0) figures.push({ bare, audited });
      }
      await complete(stack);
      const [bare, audited] = [mean(figures.map((f) => f.bare)), mean(figures.map((f) => f.audited))];
      const ratio = audited / bare;
      must(ratio >= LEAST, `${audited.toFixed(0)}/s of ${bare.toFixed(0)}/s are ${ratio.toFixed(2)}`);
      return `${ratio.toFixed(2)} (${audited.toFixed(0)}/s sealed, ${bare.toFixed(0)}/s bare, ${ROUNDS} rounds of ${ACTS})`;
    } finally {
      await stack.stop();
    }
  },
};

/** Acts a second by all writers together, the rest after the last of them included. */
async function rate(act: (n: number) => Promise<void>, rest?: () => Promise<void>): Promise<number> {
  let next = 0;
  const begun = performance.now();
  const write = async (): Promise<void> => {
    while (next < ACTS) await act(++next);
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  await rest?.();
  return (ACTS / (performance.now() - begun)) * 1_000;
}

async function record(api: TestApi, n: number): Promise<void> {
  const { action, targetType, targetId, targetName, repository, details } = madeUp(n);
  await api.get(Transactions).run((tx) =>
    api.get(AuditLog).record(tx, {
      action,
      target: { type: targetType, id: targetId, name: targetName },
      result: 'ok',
      details,
      ...(repository === null ? {} : { repository }),
    }),
  );
}

async function insert(api: TestApi, n: number, round: number): Promise<void> {
  const entry = { ...madeUp(n), id: newId(), at: new Date() };
  const values = [...Object.values(entry), round * ACTS + n, 'p'.repeat(64), 'h'.repeat(64)];
  const places = values.map((_value, index) => `$${index + 1}`).join(', ');
  await api.get(DataSource).transaction((tx) => tx.query(`INSERT INTO bare (${COLUMNS}) VALUES (${places})`, values));
}

/** Everything that was acknowledged is in the chain, and each number once. */
async function complete(stack: Stack): Promise<void> {
  const acts = (ROUNDS + 1) * ACTS;
  const [row] = await stack.sql<{ sealed: number; last: number; head: number }>(
    'SELECT count(seq)::int AS sealed, max(seq)::int AS last, (SELECT seq::int FROM audit_head) AS head FROM audit_entries',
  );
  must(row?.sealed === acts && row.last === acts && row.head === acts, `${acts} acts, and ${JSON.stringify(row)}`);
}

const mean = (figures: readonly number[]): number => figures.reduce((sum, one) => sum + one, 0) / figures.length;
