import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditEntry } from '../entities/audit-entry.entity.js';
import { AuditHead } from '../entities/audit-head.entity.js';

const HEAD = { id: 1 };

/** An entry's place: they stand in the order of the chain. */
export interface Sealed {
  readonly id: string;
  readonly hash: string;
}

/**
 * Writing to the trail. Every act passes here, so that statements are made once and not by a builder each time, and before
 * anything else can begin: queues hand jobs out while modules are still being initialised.
 */
@Injectable()
export class AuditRepository {
  private readonly columns: readonly (keyof AuditEntry)[];
  private readonly insertion: string;
  private readonly selection: string;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    const { columns } = this.dataSource.getMetadata(AuditEntry);
    this.columns = columns.map(({ propertyName }) => propertyName as keyof AuditEntry);
    const names = columns.map(({ databaseName }) => databaseName);
    const places = names.map((_name, index) => `$${index + 1}`);
    this.insertion = `INSERT INTO audit_entries (${names.join(', ')}) VALUES (${places.join(', ')})`;
    const selected = columns.map(({ databaseName, propertyName }) => `${databaseName} AS "${propertyName}"`);
    this.selection = `SELECT ${selected.join(', ')} FROM audit_entries WHERE seq IS NULL ORDER BY id LIMIT $1`;
  }

  async add(tx: EntityManager, entry: AuditEntry): Promise<void> {
    await tx.query(
      this.insertion,
      this.columns.map((name) => entry[name]),
    );
  }

  async exists(tx: EntityManager, id: string): Promise<boolean> {
    return tx.existsBy(AuditEntry, { id });
  }

  /** Entries that have no place in the chain yet, oldest first. */
  unsealed(limit: number): Promise<AuditEntry[]> {
    return this.dataSource.query<AuditEntry[]>(this.selection, [limit]);
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
