import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** A span of time: from, included, to, not included. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

export interface Spent {
  readonly tokens: number;
  readonly costUsd: number;
  readonly calls: number;
  readonly solves: number;
}

const SPENT = `coalesce(sum(tokens), 0)::float8 AS tokens, coalesce(sum(cost_usd), 0)::float8 AS "costUsd",
  count(*)::int AS calls, count(DISTINCT ref) FILTER (WHERE kind = 'solve')::int AS solves`;
const MOST_ROWS = 200;

/** Sums of the ledger. */
@Injectable()
export class UsageReportRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async total({ from, to }: Span): Promise<Spent> {
    const [total] = await this.dataSource.query<[Spent]>(
      `SELECT ${SPENT} FROM usage_ledger WHERE at >= $1 AND at < $2`,
      [from, to],
    );
    return total;
  }

  /** The dearest first. */
  byUser({ from, to }: Span): Promise<(Spent & { userId: string })[]> {
    return this.dataSource.query(
      `SELECT user_id AS "userId", ${SPENT} FROM usage_ledger WHERE at >= $1 AND at < $2
        GROUP BY user_id ORDER BY sum(cost_usd) DESC, sum(tokens) DESC LIMIT ${MOST_ROWS}`,
      [from, to],
    );
  }

  /** The dearest first; null is what was used before repositories were noted. */
  byRepository({ from, to }: Span): Promise<(Spent & { repository: string | null })[]> {
    return this.dataSource.query(
      `SELECT repository, ${SPENT} FROM usage_ledger WHERE at >= $1 AND at < $2
        GROUP BY repository ORDER BY sum(cost_usd) DESC, sum(tokens) DESC LIMIT ${MOST_ROWS}`,
      [from, to],
    );
  }

  /** In UTC, the oldest first. */
  byDay({ from, to }: Span): Promise<(Spent & { day: string })[]> {
    return this.dataSource.query(
      `SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, ${SPENT}
         FROM usage_ledger WHERE at >= $1 AND at < $2 GROUP BY 1 ORDER BY 1`,
      [from, to],
    );
  }
}
