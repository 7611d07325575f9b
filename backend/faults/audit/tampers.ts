import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ANCHOR_FILE } from '../../src/modules/audit/anchors/audit-anchors.js';
import { AuditLog } from '../../src/modules/audit/index.js';
import { AnchorTask } from '../../src/modules/audit/jobs/anchor.task.js';
import { AuditSealer } from '../../src/modules/audit/audit-sealer.js';
import { AuditVerifier } from '../../src/modules/audit/verification/audit-verifier.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { type Stack, startStack, startWorker, type TestApp } from '../../test/support/index.js';
import { must, type Promised, type Run } from '../promise.js';
import { madeUp } from '../../test/audit/made-up.js';
import { type Tamper, tampers } from './tamper-kinds.js';

const ENTRIES = 120;
const TAMPERS = 1_000;
const NOTE_EVERY = 250;
const COPY =
  'CREATE TABLE kept_entries AS SELECT * FROM audit_entries; CREATE TABLE kept_head AS SELECT * FROM audit_head';
const RESTORE = `
  DELETE FROM audit_entries; INSERT INTO audit_entries SELECT * FROM kept_entries;
  DELETE FROM audit_checkpoints;
  UPDATE audit_head h SET seq = k.seq, hash = k.hash FROM kept_head k`;

export const auditTampers: Promised = {
  name: 'audit.tampers',
  promise: 'whoever changes the trail in the database, triggers off, is noticed, and the first broken entry is named',
  async run(at) {
    const stack = await startStack();
    try {
      const worker = await written(stack);
      const found = await tamperAgainAndAgain(stack, worker, at);
      await withoutAnchor(stack, worker);
      return found;
    } finally {
      await stack.stop();
    }
  },
};

/** A trail that the product has written, sealed and anchored itself; then its tasks rest, whose entries a restored copy would lack. */
async function written(stack: Stack): Promise<TestApp> {
  const worker = await startWorker(stack);
  const [transactions, log] = [worker.get(Transactions), worker.get(AuditLog)];
  for (let n = 1; n <= ENTRIES; n++) {
    const { action, targetType, targetId, details } = madeUp(n);
    await transactions.run((tx) =>
      log.record(tx, { action, target: { type: targetType, id: targetId }, result: 'ok', details }),
    );
  }
  await worker.get(AuditSealer).seal();
  await worker.get(AnchorTask).note();
  await worker.get(AnchorTask).onModuleDestroy();
  await stack.sql(COPY);
  return worker;
}

async function tamperAgainAndAgain(stack: Stack, worker: TestApp, at: Run): Promise<string> {
  const verifier = worker.get(AuditVerifier);
  const counts = new Map<string, number>();
  const length = Number((await stack.sql<{ seq: string }>('SELECT seq FROM audit_head'))[0]?.seq);
  for (let n = 0; n < TAMPERS; n++) {
    const tamper = tampers[n % tampers.length]!.of(length, at.random);
    await asSuperuser(stack, tamper.sql);
    const verdict = await verifier.verify();
    must(!verdict.intact, `${describe(tamper)} was not noticed`);
    must(
      verdict.firstBroken === tamper.firstBroken,
      `${describe(tamper)} was found at ${verdict.firstBroken} (${verdict.reason}), not at ${tamper.firstBroken}`,
    );
    counts.set(tamper.kind, (counts.get(tamper.kind) ?? 0) + 1);
    await asSuperuser(stack, RESTORE);
    if ((n + 1) % NOTE_EVERY === 0) {
      const restored = await verifier.verify();
      must(restored.intact, `a restored trail is called broken: ${JSON.stringify(restored)}`);
      at.note(`${n + 1} of ${TAMPERS} noticed, each named rightly; intact when it is put back`);
    }
  }
  const kinds = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
  return `${TAMPERS} of ${TAMPERS} noticed, the first broken entry named rightly (${kinds})`;
}

/** Nothing but the anchor tells a tail that was cut off together with the head; without one nothing is called intact. */
async function withoutAnchor(stack: Stack, worker: TestApp): Promise<void> {
  const verifier = worker.get(AuditVerifier);
  await rm(join(stack.folder, ANCHOR_FILE));
  for (const state of ['as it was written', 'cut']) {
    const verdict = await verifier.verify();
    must(
      !verdict.intact && verdict.anchor.state === 'missing',
      `a trail ${state}, without an anchor: ${JSON.stringify(verdict)}`,
    );
    await asSuperuser(
      stack,
      `DELETE FROM audit_entries WHERE seq > 100;
       UPDATE audit_head SET seq = 100, hash = (SELECT hash FROM audit_entries WHERE seq = 100)`,
    );
  }
}

/** As a superuser whom no trigger stops. */
async function asSuperuser(stack: Stack, sql: string): Promise<void> {
  await stack.sql(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
}

function describe({ kind, sql }: Tamper): string {
  return `${kind} (${sql.replace(/\s+/g, ' ')})`;
}
