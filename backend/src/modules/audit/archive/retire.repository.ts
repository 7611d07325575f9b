import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditCheckpoint } from '../entities/audit-checkpoint.entity.js';

/** Removing what has been archived; the database itself refuses what is to be kept. */
@Injectable()
export class RetireRepository {
  async retire(tx: EntityManager, { seq, archive, sha256, at, seal }: AuditCheckpoint): Promise<void> {
    await tx.query('SELECT audit_retire($1, $2, $3, $4, $5)', [seq, archive, sha256, at, seal]);
  }
}
