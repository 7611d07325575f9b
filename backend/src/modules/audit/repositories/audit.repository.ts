import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { AuditEntry } from '../entities/audit-entry.entity.js';
import { AuditHead } from '../entities/audit-head.entity.js';

const HEAD = { id: 1 };

/** An entry's place: they stand in the order of the chain. */
export interface Sealed {
  readonly id: string;
  readonly hash: string;
}

/** Writing to the trail. */
@Injectable()
export class AuditRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async add(tx: EntityManager, entry: AuditEntry): Promise<void> {
    await tx.insert(AuditEntry, { ...entry, details: entry.details as object });
  }

  async exists(tx: EntityManager, id: string): Promise<boolean> {
    return tx.existsBy(AuditEntry, { id });
  }

  /** Entries that have no place in the chain yet, oldest first. */
  unsealed(limit: number): Promise<AuditEntry[]> {
    return this.dataSource.manager.find(AuditEntry, { where: { seq: IsNull() }, order: { id: 'ASC' }, take: limit });
  }

  head(): Promise<AuditHead> {
    return this.dataSource.manager.findOneByOrFail(AuditHead, HEAD);
  }

  /** Puts entries behind `head`; false when the chain no longer ends there, and nothing was done. */
  async seal({ seq, hash }: AuditHead, entries: readonly Sealed[]): Promise<boolean> {
    const [row] = await this.dataSource.query<{ done: boolean }[]>('SELECT audit_seal($1, $2, $3, $4) AS done', [
      seq,
      hash,
      entries.map((entry) => entry.id),
      entries.map((entry) => entry.hash),
    ]);
    return row?.done === true;
  }
}
