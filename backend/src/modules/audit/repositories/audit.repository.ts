import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditEntry } from '../entities/audit-entry.entity.js';
import { AuditHead } from '../entities/audit-head.entity.js';

const HEAD = { id: 1 };

/** Writing to the chain. */
@Injectable()
export class AuditRepository {
  /** The chain's end, locked until the transaction ends: the next entry follows this one and no other. */
  lockHead(tx: EntityManager): Promise<AuditHead> {
    return tx.findOneOrFail(AuditHead, { where: HEAD, lock: { mode: 'pessimistic_write' } });
  }

  async append(tx: EntityManager, entry: AuditEntry): Promise<void> {
    await tx.insert(AuditEntry, { ...entry, details: entry.details as object });
    await tx.update(AuditHead, HEAD, { seq: entry.seq, hash: entry.hash });
  }

  async exists(tx: EntityManager, id: string): Promise<boolean> {
    return tx.existsBy(AuditEntry, { id });
  }
}
