import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import type { Lease } from '../../../platform/database/lease.js';
import { Session, SessionMember } from '../../sessions/index.js';
import { Solve } from '../entities/solve.entity.js';
import { SolveCandidate } from '../entities/solve-candidate.entity.js';
import { SolveEvent } from '../entities/solve-event.entity.js';
import { OPEN_STATUSES, type SolveStatus } from '../solve.types.js';

export interface SolveFilter {
  readonly status?: SolveStatus | undefined;
  readonly sessionId?: string | undefined;
  /** Solves of sessions that this user takes part in. */
  readonly memberId?: string | undefined;
  readonly requestedBy?: string | undefined;
  readonly repositoryIds?: readonly string[] | undefined;
}

export interface PageRequest {
  readonly limit: number;
  /** Id of the last row of the page before; ids rise with time. */
  readonly beforeId?: string;
}

/** What a solve has used up, added to what stands in its row. */
export interface Spending {
  readonly steps?: number;
  readonly seconds?: number;
  readonly costUsd?: number;
  readonly tokens?: number;
}

export interface Outcome {
  readonly status: SolveStatus;
  readonly reason?: string;
  readonly detail?: string;
}

/** Enough to tell how long a solve usually takes. */
const LATEST = 20;
const MOST_UNDER_WAY = 50;

@Injectable()
export class SolvesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Stores a new solve with its one candidate and its first event. */
  async insert(tx: EntityManager, solve: Partial<Solve> & { id: string }): Promise<void> {
    await tx.insert(Solve, solve);
    await tx.insert(SolveCandidate, { solveId: solve.id, n: 1 });
    await tx.insert(SolveEvent, { solveId: solve.id, seq: 1, type: 'status', data: { status: 'queued' } });
  }

  byId(id: string): Promise<Solve | null> {
    return this.dataSource.manager.findOneBy(Solve, { id });
  }

  candidates(solveIds: readonly string[]): Promise<SolveCandidate[]> {
    return this.dataSource.manager.find(SolveCandidate, {
      where: { solveId: In([...solveIds]) },
      order: { solveId: 'ASC', n: 'ASC' },
    });
  }

  /** A page of solves, newest first, with one row too many when there are more. */
  list(filter: SolveFilter, page: PageRequest): Promise<Solve[]> {
    const query = this.dataSource.manager
      .createQueryBuilder(Solve, 'solve')
      .orderBy('solve.id', 'DESC')
      .take(page.limit + 1);
    if (page.beforeId) query.andWhere('solve.id < :beforeId', { beforeId: page.beforeId });
    if (filter.status) query.andWhere('solve.status = :status', { status: filter.status });
    if (filter.requestedBy) query.andWhere('solve.requested_by = :by', { by: filter.requestedBy });
    if (filter.sessionId) query.andWhere('solve.session_id = :sessionId', { sessionId: filter.sessionId });
    if (filter.memberId) {
      query.innerJoin(SessionMember, 'member', 'member.session_id = solve.session_id AND member.user_id = :memberId', {
        memberId: filter.memberId,
      });
    }
    if (filter.repositoryIds) {
      query
        .innerJoin('solve.session', 'session')
        .andWhere('session.repository_id = ANY(:repositoryIds)', { repositoryIds: [...filter.repositoryIds] });
    }
    return query.getMany();
  }

  /** Repositories in which solves were made that this user may see as a member of their sessions. */
  async repositoriesOf(memberId: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ repository_id: string }[]>(
      `SELECT DISTINCT sessions.repository_id
         FROM session_members
         JOIN sessions ON sessions.id = session_members.session_id
        WHERE session_members.user_id = $1 AND EXISTS (SELECT 1 FROM solves WHERE solves.session_id = sessions.id)`,
      [memberId],
    );
    return rows.map(({ repository_id: id }) => id);
  }

  /** How many open solves a user has. */
  openOf(userId: string): Promise<number> {
    return this.dataSource.manager.countBy(Solve, { requestedBy: userId, status: In([...OPEN_STATUSES]) });
  }

  /** How many solves workers hold at the moment. */
  running(): Promise<number> {
    return this.dataSource.manager
      .createQueryBuilder(Solve, 'solve')
      .where('solve.status IN (:...open) AND solve.lease_until >= now()', { open: OPEN_STATUSES })
      .getCount();
  }

  /** Counts the user's open solves, with their rows locked so that two starts at once see each other. */
  async countOpen(tx: EntityManager, userId: string): Promise<number> {
    await tx.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    return tx.countBy(Solve, { requestedBy: userId, status: In([...OPEN_STATUSES]) });
  }

  /** Which turn a waiting solve has, the first being 1. */
  async queuePosition(solve: Solve): Promise<number> {
    const [row] = await this.dataSource.query<[{ n: number }]>(
      `SELECT count(*)::int AS n FROM solves WHERE status = 'queued' AND id <= $1`,
      [solve.id],
    );
    return row.n;
  }

  /** How long the latest solves took on the average, in seconds; null while there was none. */
  async usualSeconds(): Promise<number | null> {
    const [row] = await this.dataSource.query<[{ seconds: number | null }]>(
      `SELECT avg(spent_seconds) AS seconds
         FROM (SELECT spent_seconds FROM solves WHERE finished_at IS NOT NULL AND spent_seconds > 0
                ORDER BY id DESC LIMIT $1) AS latest`,
      [LATEST],
    );
    return row.seconds;
  }

  /** How many solves each of these sessions has. */
  async countOf(sessionIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ id: string; n: number }[]>(
      'SELECT session_id AS id, count(*)::int AS n FROM solves WHERE session_id = ANY($1) GROUP BY session_id',
      [[...sessionIds]],
    );
    return new Map(rows.map(({ id, n }) => [id, n]));
  }

  /** Open solves of the sessions in which a user takes part, with the title of their issue, newest first. */
  async underWay(memberId: string, repositoryIds: readonly string[]): Promise<{ solve: Solve; title: string }[]> {
    const solves = await this.dataSource.manager
      .createQueryBuilder(Solve, 'solve')
      .innerJoin(SessionMember, 'member', 'member.session_id = solve.session_id AND member.user_id = :memberId', {
        memberId,
      })
      .innerJoin(Session, 'session', 'session.id = solve.session_id AND session.repository_id = ANY(:repositoryIds)', {
        repositoryIds,
      })
      .innerJoinAndSelect('solve.issue', 'issue')
      .where('solve.status IN (:...open)', { open: OPEN_STATUSES })
      .orderBy('solve.id', 'DESC')
      .take(MOST_UNDER_WAY)
      .getMany();
    return solves.map((solve) => ({ solve, title: solve.issue?.title ?? '' }));
  }

  /** Ids of open solves that no worker holds, the oldest first. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM solves
        WHERE status IN ('queued', 'starting', 'running', 'validating') AND run_after <= now()
          AND (lease_until IS NULL OR lease_until < now())
        ORDER BY id LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Takes a solve if nobody holds it and a place is free for it: those that run on any worker, and those that have waited
   * longer, come first. Claims of several workers come one after another: each locks the open solves, in one order, before it
   * counts them, so that of two claims the later one sees what the earlier one took. Reading and new solves pass.
   */
  async claim(id: string, most: number, leaseSeconds: number): Promise<Lease | null> {
    return this.dataSource.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM solves WHERE status = ANY($1) ORDER BY id FOR NO KEY UPDATE', [[...OPEN_STATUSES]]);
      const [rows] = await tx.query<[{ fence: number }[], number]>(
        `UPDATE solves
            SET lease_until = now() + make_interval(secs => $3), fence = fence + 1, attempts = attempts + 1,
                status = 'starting', started_at = coalesce(started_at, now())
          WHERE id = $1 AND status = ANY($4) AND (lease_until IS NULL OR lease_until < now())
            AND $2 > (SELECT count(*) FROM solves AS other
                       WHERE other.status = ANY($4) AND other.id <> $1
                         AND (other.lease_until >= now()
                              OR (other.id < $1 AND other.run_after <= now())))
          RETURNING fence`,
        [id, most, leaseSeconds, [...OPEN_STATUSES]],
      );
      const row = rows[0];
      return row ? { table: 'solves', id, fence: row.fence } : null;
    });
  }

  /** Moves a solve on while the lease is held; false when it is not, so that a cancelled solve stays cancelled. */
  async advance(tx: EntityManager, lease: Lease, change: Partial<Solve>): Promise<boolean> {
    const { affected } = await tx.update(Solve, { id: lease.id, fence: lease.fence }, change);
    return affected === 1;
  }

  /** Adds to what was spent, under the lease. */
  async spend(tx: EntityManager, lease: Lease, spending: Spending): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `UPDATE solves
          SET spent_steps = spent_steps + $3, spent_seconds = spent_seconds + $4,
              spent_cost_usd = spent_cost_usd + $5, spent_tokens = spent_tokens + $6
        WHERE id = $1 AND fence = $2`,
      [lease.id, lease.fence, spending.steps ?? 0, spending.seconds ?? 0, spending.costUsd ?? 0, spending.tokens ?? 0],
    );
    return count === 1;
  }

  async saveCandidate(tx: EntityManager, solveId: string, n: number, change: Partial<SolveCandidate>): Promise<void> {
    // TypeORM's type for a partial update does not take nested JSON
    await tx.update(SolveCandidate, { solveId, n }, change);
  }

  /** Ends an open solve from outside: the fence rises, so nothing of a worker that still runs it is stored any more. */
  async end(tx: EntityManager, id: string, outcome: Outcome): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `UPDATE solves
          SET status = $2, reason = $3, detail = $4, finished_at = now(), fence = fence + 1, lease_until = NULL
        WHERE id = $1 AND status = ANY($5)`,
      [id, outcome.status, outcome.reason ?? null, outcome.detail ?? null, [...OPEN_STATUSES, 'paused']],
    );
    return count === 1;
  }
}
