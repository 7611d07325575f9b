import type { SelectQueryBuilder } from 'typeorm';
import { isId } from '../../../platform/database/ids.js';
import { ACTOR_TYPES, type ActorType, type AuditEntry, type AuditResult } from '../entities/audit-entry.entity.js';

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly result?: AuditResult | undefined;
  /** ISO 8601 */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly query?: string | undefined;
}

const SEARCHED = ['actorLogin', 'action', 'targetId', 'targetName', 'reason', 'repository', 'ip'] as const;

/**
 * Numbers rise with time but for what transactions and clocks differ by; an hour is more than both. So a time is also a
 * number, from which a list can start at once. (`+ 0`: or else PostgreSQL looks for the first number that has such a time, from
 * the end of the table.)
 */
const NOT_AFTER = `e.seq <= (
  SELECT max(t.seq + 0) FROM audit_entries t
   WHERE t.at < :to AND t.at >= (SELECT max(u.at) FROM audit_entries u WHERE u.at < :to) - interval '1 hour')`;
const NOT_BEFORE = `e.seq >= (
  SELECT min(t.seq + 0) FROM audit_entries t
   WHERE t.at >= :from AND t.at < (SELECT min(u.at) FROM audit_entries u WHERE u.at >= :from) + interval '1 hour')`;

/** Leaves in a query over entries `e` what a filter asks for. */
export function narrow(query: SelectQueryBuilder<AuditEntry>, filter: AuditFilter): void {
  const { actor, action, target, result, from, to, query: text } = filter;
  if (actor !== undefined) narrowActor(query, actor);
  if (action !== undefined) query.andWhere('e.action = :action', { action });
  if (target !== undefined) narrowTarget(query, target);
  if (result !== undefined) query.andWhere('e.result = :result', { result });
  if (from !== undefined) query.andWhere('e.at >= :from', { from }).andWhere(NOT_BEFORE);
  if (to !== undefined) query.andWhere('e.at < :to', { to }).andWhere(NOT_AFTER);
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

function narrowTarget(query: SelectQueryBuilder<AuditEntry>, target: string): void {
  if (isId(target)) query.andWhere('e.targetId = :target', { target });
  else query.andWhere('(e.targetId = :target OR e.targetName = :target OR e.targetType = :target)', { target });
}

function isActorType(text: string): text is ActorType {
  return (ACTOR_TYPES as readonly string[]).includes(text);
}
