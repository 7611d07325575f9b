import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { isId } from '../../../platform/database/ids.js';
import { ACTOR_TYPES, type ActorType, AuditEntry, type AuditResult } from '../entities/audit-entry.entity.js';
import { AuditHead } from '../entities/audit-head.entity.js';

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly result?: AuditResult | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly query?: string | undefined;
}

const BATCH = 500;
const SEARCHED = ['actorLogin', 'action', 'targetId', 'targetName', 'reason', 'repository', 'ip'] as const;

/** Reading the chain. */
@Injectable()
export class AuditReaderRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Newest first, before the entry `beforeSeq`. */
  list(filter: AuditFilter, beforeSeq: string | undefined, limit: number): Promise<AuditEntry[]> {
    const query = this.dataSource.createQueryBuilder(AuditEntry, 'e').orderBy('e.seq', 'DESC').limit(limit);
    narrow(query, filter);
    if (beforeSeq !== undefined) query.andWhere('e.seq < :beforeSeq', { beforeSeq });
    return query.getMany();
  }

  /** Everything that matches, newest first, in constant memory. */
  async *all(filter: AuditFilter): AsyncGenerator<AuditEntry, void> {
    let before: string | undefined;
    for (;;) {
      const batch = await this.list(filter, before, BATCH);
      yield* batch;
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

  /** Entries up to `lastSeq` in the order of the chain, in batches. */
  async *chain(lastSeq: string): AsyncGenerator<AuditEntry[], void> {
    for (let after = '0'; ;) {
      const batch = await this.dataSource
        .createQueryBuilder(AuditEntry, 'e')
        .where('e.seq > :after AND e.seq <= :lastSeq', { after, lastSeq })
        .orderBy('e.seq', 'ASC')
        .limit(BATCH)
        .getMany();
      yield batch;
      const last = batch.at(-1);
      if (last === undefined || batch.length < BATCH) return;
      after = last.seq;
    }
  }

  /** The first entry that the head does not know of. */
  async beyondHead(): Promise<string | undefined> {
    const rows = await this.dataSource.query<{ seq: string }[]>(
      `SELECT seq FROM audit_entries
        WHERE seq < 1 OR seq > (SELECT coalesce(max(seq), 0) FROM audit_head)
        ORDER BY seq LIMIT 1`,
    );
    return rows[0]?.seq;
  }
}

function narrow(query: SelectQueryBuilder<AuditEntry>, filter: AuditFilter): void {
  const { actor, action, target, result, from, to, query: text } = filter;
  if (actor !== undefined) narrowActor(query, actor);
  if (action !== undefined) query.andWhere('e.action = :action', { action });
  if (target !== undefined) {
    query.andWhere('(e.targetId = :target OR e.targetName = :target OR e.targetType = :target)', { target });
  }
  if (result !== undefined) query.andWhere('e.result = :result', { result });
  if (from !== undefined) query.andWhere('e.at >= :from', { from });
  if (to !== undefined) query.andWhere('e.at < :to', { to });
  if (text !== undefined) {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    query.andWhere(`(${SEARCHED.map((column) => `e.${column} ILIKE :pattern`).join(' OR ')})`, { pattern });
  }
}

function narrowActor(query: SelectQueryBuilder<AuditEntry>, actor: string): void {
  if (isId(actor)) query.andWhere('e.actorId = :actor', { actor });
  else if (isActorType(actor)) {
    query.andWhere('(e.actorType = :actor OR lower(e.actorLogin) = lower(:actor))', { actor });
  } else query.andWhere('lower(e.actorLogin) = lower(:actor)', { actor });
}

function isActorType(text: string): text is ActorType {
  return (ACTOR_TYPES as readonly string[]).includes(text);
}
