import type { Guard } from '../guard.js';

const PUBLISHING = 'backend/test/issues/publishing.spec.ts';
const LEASES = 'backend/test/platform/leases.spec.ts';
const KEYS = 'backend/test/platform/idempotency.spec.ts';
const LEASE = 'backend/src/platform/database/lease.ts';
const IDEMPOTENCY = 'backend/src/platform/http/idempotency';

/** What happens once though it is asked for again, or somebody dies on the way. */
export const EXACTLY_ONCE: readonly Guard[] = [
  {
    without: 'it would be noted only afterwards that GitHub may have an issue',
    file: 'backend/src/modules/issues/publishing/publish-worker.service.ts',
    take: 'await this.recorder.sending(held);',
    put: '',
    test: PUBLISHING,
    named: 'publishing makes one issue when its reply is lost',
  },
  {
    without: 'a lost reply would make a second issue',
    file: 'backend/src/modules/issues/publishing/publish-worker.service.ts',
    take: "if (found) return this.recorder.published(held, found, { repository, how: 'found' });",
    put: 'void found;',
    test: PUBLISHING,
    named: 'finds the issue of an attempt whose reply was lost',
  },
  {
    without: 'an issue whose job was lost would never be made',
    file: 'backend/src/modules/issues/repositories/publish-intents.repository.ts',
    take: "WHERE status IN ('claimed', 'sent') AND run_after",
    put: "WHERE status IN ('sent') AND run_after",
    test: PUBLISHING,
    named: 'publishing when the worker dies before making',
  },
  {
    without: 'two workers could hold the same row',
    file: LEASE,
    take: 'WHERE id = $1 AND (lease_until IS NULL OR lease_until < now())',
    put: 'WHERE id = $1',
    test: LEASES,
    named: 'a row that a worker holds is nobody else',
  },
  {
    without: 'a worker that was given up could still store its result',
    file: LEASE,
    take: '`SELECT 1 FROM ${identifier(lease.table)} WHERE id = $1 AND fence = $2 FOR UPDATE`,',
    put: '`SELECT 1 FROM ${identifier(lease.table)} WHERE id = $1 AND $2::int IS NOT NULL FOR UPDATE`,',
    test: LEASES,
    named: 'a row that a worker holds takes nothing any more',
  },
  {
    without: 'a worker that was given up would go on working',
    file: LEASE,
    take: 'if (!mine) lost.abort(new LeaseLostError(lease));',
    put: 'void mine;',
    test: LEASES,
    named: 'a row that a worker holds is worked on no longer',
  },
  {
    without: 'the same key could do something else',
    file: `${IDEMPOTENCY}.interceptor.ts`,
    take: 'if (known && known.requestHash !== request.requestHash) throw mismatch();',
    put: '',
    test: KEYS,
    named: 'another body under the same key',
  },
  {
    without: 'a request that waits would be done beside the first',
    file: `${IDEMPOTENCY}.repository.ts`,
    take: 'AND idempotency_keys.lease_until < now()',
    put: '',
    test: KEYS,
    named: 'Idempotency-Key a first request that is only slow',
  },
  {
    without: 'nobody would take over from a process that died',
    file: `${IDEMPOTENCY}.repository.ts`,
    take: 'WHERE (idempotency_keys.status IS NULL AND',
    put: 'WHERE (false AND',
    test: KEYS,
    named: 'Idempotency-Key a first request whose process died',
  },
  {
    without: 'a request of minutes would be taken over while it runs',
    file: `${IDEMPOTENCY}.interceptor.ts`,
    take: 'this.keys.renew(request, LEASE_SECONDS).catch(',
    put: 'Promise.resolve().catch(',
    test: `${IDEMPOTENCY}.interceptor.spec.ts`,
    named: 'a handler that runs for minutes',
  },
];
