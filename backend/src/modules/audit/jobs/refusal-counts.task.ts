import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { runInContext } from '../../../platform/context/request-context.js';
import { newId } from '../../../platform/database/ids.js';
import { isUniqueViolation, Transactions } from '../../../platform/database/transactions.js';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { AuditLog } from '../audit-log.js';
import { onceId } from '../once-id.js';
import { AnonymousRefusals, type RefusalCount } from '../refusals/anonymous-refusals.js';
import { REFUSED } from '../refusals/refusal.js';
import { AuditRepository } from '../repositories/audit.repository.js';

const INTERVAL_MS = 5_000;
const MINUTE_MS = 60_000;

/** Writes the counted refusals of strangers to the trail, one entry for an address, a route and a minute. */
@Injectable()
export class RefusalCountsTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new PeriodicTask('refusal counts', INTERVAL_MS, () => this.write());

  constructor(
    private readonly refusals: AnonymousRefusals,
    private readonly transactions: Transactions,
    private readonly entries: AuditRepository,
    private readonly audit: AuditLog,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Writes every settled minute; what a worker that died had written is not written again. */
  async write(): Promise<void> {
    for (const [minute, counts] of await this.refusals.settled()) {
      for (const count of counts) {
        await runInContext({ requestId: newId(), via: 'job', ip: count.address }, () => this.record(count));
      }
      await this.refusals.forget(minute);
    }
  }

  private async record(count: RefusalCount): Promise<void> {
    const id = idOf(count);
    try {
      await this.transactions.run(async (tx) => {
        if (await this.entries.exists(tx, id)) return;
        await this.audit.record(tx, {
          id,
          action: REFUSED,
          actor: { type: 'anonymous', id: null, login: null, role: null },
          target: { type: 'route', id: count.route },
          result: 'denied',
          reason: count.code,
          details: { count: count.count, minute: new Date(count.minute * MINUTE_MS).toISOString() },
        });
      });
    } catch (error) {
      // Another worker wrote the same entry at the same time.
      if (!isUniqueViolation(error, 'audit_entries_pkey')) throw error;
    }
  }
}

function idOf({ minute, address, route, code }: RefusalCount): string {
  return onceId(minute * MINUTE_MS, [minute, address, route, code]);
}
