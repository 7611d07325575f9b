import { Injectable, Logger } from '@nestjs/common';
import { currentContext } from '../../../platform/context/request-context.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../audit-log.js';
import { AnonymousRefusals } from './anonymous-refusals.js';
import { REFUSED, type Refusal } from './refusal.js';

/** A refusal as the HTTP side knows it. */
export interface RefusedRequest extends Refusal {
  readonly status: number;
  readonly method: string;
  readonly path: string;
}

const OF_SOMEBODY = new Set([401, 403, 404, 429]);
const OF_NOBODY = new Set([401, 429]);

/** Puts refusals on the trail: each one of a known person, the number of those of strangers. */
@Injectable()
export class AuditRefusals {
  private readonly logger = new Logger(AuditRefusals.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly anonymous: AnonymousRefusals,
  ) {}

  /** Resolves when the entry is written. Never fails: a refusal stays a refusal when it cannot be written down. */
  async note(refused: RefusedRequest): Promise<void> {
    if (!currentContext()?.principal) {
      if (OF_NOBODY.has(refused.status)) this.anonymous.count(refused);
      return;
    }
    if (!OF_SOMEBODY.has(refused.status)) return;
    try {
      await this.record(refused);
    } catch (error) {
      this.logger.error({ message: 'refusal not written to the audit trail', ...refused, error });
    }
  }

  private async record({ method, path, route, status, code }: RefusedRequest): Promise<void> {
    await this.transactions.run((tx) =>
      this.audit.record(tx, {
        action: REFUSED,
        target: { type: 'route', id: route, name: `${method} ${path}` },
        result: 'denied',
        reason: code,
        details: { status },
      }),
    );
  }
}
