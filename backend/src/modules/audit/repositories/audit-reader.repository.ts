import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditCheckpoint } from '../entities/audit-checkpoint.entity.js';
import { AuditEntry, type SealedEntry } from '../entities/audit-entry.entity.js';
import { AuditHead } from '../entities/audit-head.entity.js';
import { type AuditFilter, narrow } from './audit-filter.js';

const BATCH = 1_000;

/** Reading the chain; of what is not in it yet nobody hears. */
@Injectable()
export class AuditReaderRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Newest first, before the entry `beforeSeq`. */
  async list(filter: AuditFilter, beforeSeq: string | undefined, limit: number): Promise<SealedEntry[]> {
    const query = this.dataSource
      .createQueryBuilder(AuditEntry, 'e')
      .where('e.seq IS NOT NULL')
      .orderBy('e.seq', 'DESC')
      .limit(limit);
    narrow(query, filter);
    if (beforeSeq !== undefined) query.andWhere('e.seq < :beforeSeq', { beforeSeq });
    return (await query.getMany()) as SealedEntry[];
  }

  /** Everything that matches, newest first, in batches: memory does not grow with it, and nothing is held in between. */
  async *all(filter: AuditFilter): AsyncGenerator<SealedEntry[], void> {
    for (let before: string | undefined; ;) {
      const batch = await this.list(filter, before, BATCH);
      if (batch.length > 0) yield batch;
      if (batch.length < BATCH) return;
      before = batch.at(-1)?.seq;
    }
  }

  /** The number of the oldest entry that is kept. */
  async oldest(): Promise<number | null> {
    const [row] = await this.dataSource.query<{ oldest: string | null }[]>(
      'SELECT min(seq)::text AS oldest FROM audit_entries WHERE seq >= 1',
    );
    return typeof row?.oldest === 'string' ? Number(row.oldest) : null;
  }

  head(): Promise<AuditHead | null> {
    return this.dataSource.manager.findOneBy(AuditHead, { id: 1 });
  }

  /** Where the kept part of the chain begins; null where all of it is kept. */
  async checkpoint(): Promise<AuditCheckpoint | null> {
    const [newest] = await this.dataSource.manager.find(AuditCheckpoint, { order: { seq: 'DESC' }, take: 1 });
    return newest ?? null;
  }

  /** Entries after `afterSeq` up to `lastSeq` in the order of the chain, in batches of at most `size`. */
  async *chain(afterSeq: string, lastSeq: string, size = BATCH): AsyncGenerator<SealedEntry[], void> {
    const { columns } = this.dataSource.getMetadata(AuditEntry);
    const selected = columns.map(({ databaseName, propertyName }) => `${databaseName} AS "${propertyName}"`).join(', ');
    for (let after = afterSeq; ;) {
      const batch = await this.dataSource.query<SealedEntry[]>(
        `SELECT ${selected} FROM audit_entries WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3`,
        [after, lastSeq, size],
      );
      if (batch.length > 0) yield batch;
      const last = batch.at(-1);
      if (last === undefined || batch.length < size) return;
      after = last.seq;
    }
  }

  /** The first entry that stands before `firstSeq` or after the head, where none can rightly be. */
  async outside(firstSeq: string): Promise<string | undefined> {
    const rows = await this.dataSource.query<{ seq: string }[]>(
      `SELECT seq FROM audit_entries
        WHERE seq < $1 OR seq > (SELECT coalesce(max(seq), 0) FROM audit_head)
        ORDER BY seq LIMIT 1`,
      [firstSeq],
    );
    return rows[0]?.seq;
  }

  /** The last entry before the first that is not older than `until`; undefined where there is none. */
  async lastBefore(until: Date): Promise<string | undefined> {
    const [row] = await this.dataSource.query<{ last: string | null }[]>(
      `SELECT coalesce((SELECT min(seq) - 1 FROM audit_entries WHERE at >= $1), max(seq))::text AS last FROM audit_entries`,
      [until],
    );
    return row?.last ?? undefined;
  }

  /** When the oldest entry that is kept was written. */
  async oldestAt(): Promise<Date | undefined> {
    const [row] = await this.dataSource.query<{ at: Date }[]>(
      'SELECT at FROM audit_entries WHERE seq IS NOT NULL ORDER BY seq LIMIT 1',
    );
    return row?.at;
  }
}
