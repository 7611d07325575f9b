import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { DEPLOYMENT, EVERYONE, type Standing, type Subject } from '../budgets/budget.types.js';
import { BudgetRow } from '../entities/budget.entity.js';

export type OwnLimits = BudgetRow['limits'];

interface StandingRow {
  readonly subject: Subject;
  readonly tokens_used: number;
  readonly usd_used: number;
  readonly tokens_reserved: number;
  readonly usd_reserved: number;
}

/** Limits that administrators have set, and how far each subject is from them. */
@Injectable()
export class BudgetsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async ownLimits(subjects: readonly Subject[], tx = this.dataSource.manager): Promise<Map<Subject, OwnLimits>> {
    const rows = await tx.findBy(BudgetRow, { subject: In([...subjects]) });
    return new Map(rows.map(({ subject, limits }) => [subject, limits]));
  }

  /** Ids of users who have limits of their own. */
  async usersWithOwn(most: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ subject: string }[]>(
      `SELECT subject FROM budgets WHERE limits <> '{}' AND subject <> ALL($1) ORDER BY subject LIMIT $2`,
      [[DEPLOYMENT, EVERYONE], most],
    );
    return rows.map(({ subject }) => subject);
  }

  /** Makes the subjects' rows if need be and locks them, always in one order. */
  async lock(tx: EntityManager, subjects: readonly Subject[]): Promise<void> {
    const ordered = [...subjects].sort();
    await tx.query(
      'INSERT INTO budgets (subject) SELECT unnest($1::text[]) ORDER BY 1 ON CONFLICT (subject) DO NOTHING',
      [ordered],
    );
    await tx.query('SELECT 1 FROM budgets WHERE subject = ANY($1) ORDER BY subject FOR UPDATE', [ordered]);
  }

  async setLimits(tx: EntityManager, subject: Subject, limits: OwnLimits): Promise<void> {
    await tx.update(BudgetRow, { subject }, { limits: { ...limits } });
  }

  /**
   * Where subjects stand. One statement, so that a call that is settled meanwhile is seen as reserved or as used, never as
   * neither.
   */
  async standings(subjects: readonly Subject[], tx = this.dataSource.manager): Promise<Map<Subject, Standing>> {
    const rows = await tx.query<StandingRow[]>(
      `WITH today AS (SELECT (now() AT TIME ZONE 'UTC')::date AS day)
       SELECT subject,
              (SELECT coalesce(sum(tokens), 0)::float8 FROM usage_days, today
                WHERE usage_days.subject = each.subject AND usage_days.day = today.day) AS tokens_used,
              (SELECT coalesce(sum(cost_usd), 0)::float8 FROM usage_days, today
                WHERE usage_days.subject = each.subject
                  AND usage_days.day >= date_trunc('month', today.day)::date) AS usd_used,
              held.tokens AS tokens_reserved, held.cost_usd AS usd_reserved
         FROM unnest($1::text[]) AS each (subject)
        CROSS JOIN LATERAL (
              SELECT coalesce(sum(tokens), 0)::float8 AS tokens, coalesce(sum(cost_usd), 0)::float8 AS cost_usd
                FROM usage_reservations
               WHERE lease_until > now() AND (each.subject = $2 OR user_id::text = each.subject)) AS held`,
      [[...subjects], DEPLOYMENT],
    );
    return new Map(rows.map((row) => [row.subject, standingOf(row)]));
  }
}

function standingOf({ tokens_used, usd_used, tokens_reserved, usd_reserved }: StandingRow): Standing {
  return {
    used: { tokens: tokens_used, costUsd: usd_used },
    reserved: { tokens: tokens_reserved, costUsd: usd_reserved },
  };
}
