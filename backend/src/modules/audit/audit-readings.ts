import { Injectable } from '@nestjs/common';
import { currentContext } from '../../platform/context/request-context.js';
import { isUniqueViolation, Transactions } from '../../platform/database/transactions.js';
import { canonicalJson } from './audit-chain.js';
import { AuditLog } from './audit-log.js';
import { onceId } from './once-id.js';
import type { AuditFilter } from './repositories/audit-filter.js';
import { AuditRepository } from './repositories/audit.repository.js';

const WINDOW_MS = 10 * 60_000;

/** Puts on the trail who reads it: once for a person, a filter and ten minutes. */
@Injectable()
export class AuditReadings {
  constructor(
    private readonly transactions: Transactions,
    private readonly entries: AuditRepository,
    private readonly audit: AuditLog,
  ) {}

  /** Call before the answer: what cannot be put on the trail is not read. */
  async note(filter: AuditFilter): Promise<void> {
    const window = Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS;
    const id = onceId(window, [window, currentContext()?.principal?.userId, canonicalJson(withoutGaps(filter))]);
    try {
      await this.transactions.run(async (tx) => {
        if (await this.entries.exists(tx, id)) return;
        await this.audit.record(tx, {
          id,
          action: 'audit.read',
          target: { type: 'audit' },
          result: 'ok',
          details: withoutGaps(filter),
        });
      });
    } catch (error) {
      // The same person asks twice at once.
      if (!isUniqueViolation(error, 'audit_entries_pkey')) throw error;
    }
  }
}

function withoutGaps(filter: AuditFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter((member): member is [string, string] => Boolean(member[1])));
}
