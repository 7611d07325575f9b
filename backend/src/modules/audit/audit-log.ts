import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/database/ids.js';
import { AuditChain } from './audit-chain.js';
import { auditFacts, type AuditInput } from './audit-input.js';
import { AuditRepository } from './repositories/audit.repository.js';

/** Writes the audit trail: who did what, in the same transaction as the act. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly chain: AuditChain,
    private readonly entries: AuditRepository,
  ) {}

  /**
   * Adds an entry to the chain. An act that cannot be audited does not happen: a failure here fails the transaction.
   * Appending is one at a time in the whole deployment, so call it last in the transaction.
   */
  async record(tx: EntityManager, input: AuditInput): Promise<void> {
    if (!tx.queryRunner?.isTransactionActive) throw new TypeError('AuditLog.record needs the transaction of the act');
    const facts = auditFacts(input);
    const head = await this.entries.lockHead(tx);
    const entry = {
      ...facts,
      seq: String(BigInt(head.seq) + 1n),
      id: input.id ?? newId(),
      at: new Date(),
      prevHash: head.hash,
    };
    await this.entries.append(tx, { ...entry, hash: this.chain.hash(entry) });
  }
}
