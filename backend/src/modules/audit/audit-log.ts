import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/database/ids.js';
import { AuditChain } from './audit-chain.js';
import { auditFacts, type AuditInput } from './audit-input.js';
import { AuditSealer } from './audit-sealer.js';
import { AuditRepository } from './repositories/audit.repository.js';

/** Writes the audit trail: who did what, in the same transaction as the act. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly chain: AuditChain,
    private readonly entries: AuditRepository,
    private readonly sealer: AuditSealer,
  ) {}

  /**
   * Adds an entry. An act that cannot be audited does not happen: a failure here fails the transaction.
   * Nobody waits for anybody: the entry gets its place in the chain right after the commit (AuditSealer).
   */
  async record(tx: EntityManager, input: AuditInput): Promise<void> {
    if (!tx.queryRunner?.isTransactionActive) throw new TypeError('AuditLog.record needs the transaction of the act');
    const entry = { ...auditFacts(input), id: input.id ?? newId(), at: new Date() };
    await this.entries.add(tx, { ...entry, seq: null, prevHash: '', hash: this.chain.mark(entry) });
    this.sealer.afterCommitOf(tx.queryRunner);
  }
}
