import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Amount, Subject } from '../budgets/budget.types.js';
import { UsageEntry } from '../entities/usage-entry.entity.js';
import { UsageReservation } from '../entities/usage-reservation.entity.js';

/** A reservation that nobody has settled for this long is no longer looked at, and swept away. */
const SWEPT_AFTER_SECONDS = 60;

/** Calls under way, and those that are over. */
@Injectable()
export class UsageRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async insert(tx: EntityManager, entry: Omit<UsageEntry, 'at'>): Promise<void> {
    await tx.insert(UsageEntry, entry);
  }

  /** Adds to the day's sums, in one order of subjects. */
  async addToDay(tx: EntityManager, subjects: readonly Subject[], { tokens, costUsd }: Amount): Promise<void> {
    await tx.query(
      `INSERT INTO usage_days (subject, day, tokens, cost_usd)
       SELECT subject, (now() AT TIME ZONE 'UTC')::date, $2, $3 FROM unnest($1::text[]) AS subject ORDER BY subject
       ON CONFLICT (subject, day) DO UPDATE
          SET tokens = usage_days.tokens + excluded.tokens, cost_usd = usage_days.cost_usd + excluded.cost_usd`,
      [[...subjects].sort(), tokens, costUsd.toFixed(6)],
    );
  }

  async reserve(
    tx: EntityManager,
    { id, userId, kind, tokens, costUsd }: Amount & { id: string; userId: string; kind: string },
    leaseSeconds: number,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO usage_reservations (id, user_id, kind, tokens, cost_usd, lease_until)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))`,
      [id, userId, kind, tokens, costUsd.toFixed(6), leaseSeconds],
    );
  }

  async prolong(id: string, leaseSeconds: number): Promise<void> {
    await this.dataSource.query(
      'UPDATE usage_reservations SET lease_until = now() + make_interval(secs => $2) WHERE id = $1',
      [id, leaseSeconds],
    );
  }

  async release(id: string, tx = this.dataSource.manager): Promise<void> {
    await tx.delete(UsageReservation, { id });
  }

  async sweep(): Promise<void> {
    await this.dataSource.query(
      'DELETE FROM usage_reservations WHERE lease_until < now() - make_interval(secs => $1)',
      [SWEPT_AFTER_SECONDS],
    );
  }
}
