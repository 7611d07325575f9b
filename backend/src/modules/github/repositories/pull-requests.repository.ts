import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import type { Lease } from '../../../platform/database/lease.js';
import { PullRequest } from '../entities/pull-request.entity.js';

export type NewPullRequest = Pick<
  PullRequest,
  'id' | 'repositoryId' | 'solveId' | 'requestedBy' | 'head' | 'base' | 'title' | 'body' | 'draft'
>;

@Injectable()
export class PullRequestsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byId(id: string): Promise<PullRequest | null> {
    return this.dataSource.manager.findOneBy(PullRequest, { id });
  }

  ofSolves(solveIds: readonly string[]): Promise<PullRequest[]> {
    return this.dataSource.manager.findBy(PullRequest, { solveId: In([...solveIds]) });
  }

  /** The one intent of a solve, locked; a new one when there is none. */
  async claim(tx: EntityManager, wanted: NewPullRequest): Promise<{ row: PullRequest; made: boolean }> {
    const [inserted] = await tx.query<unknown[]>(
      `INSERT INTO pull_requests (id, repository_id, solve_id, requested_by, head, base, title, body, draft)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (solve_id) DO NOTHING RETURNING id`,
      [
        wanted.id,
        wanted.repositoryId,
        wanted.solveId,
        wanted.requestedBy,
        wanted.head,
        wanted.base,
        wanted.title,
        wanted.body,
        wanted.draft,
      ],
    );
    const row = await tx.findOneOrFail(PullRequest, {
      where: { solveId: wanted.solveId ?? '' },
      lock: { mode: 'pessimistic_write' },
    });
    return { row, made: inserted !== undefined };
  }

  async update(tx: EntityManager, id: string, change: Partial<PullRequest>): Promise<void> {
    await tx.update(PullRequest, { id }, change);
  }

  /** Under the lease: false when somebody else has gone on with it. */
  async advance(tx: EntityManager, lease: Lease, change: Partial<PullRequest>): Promise<boolean> {
    const { affected } = await tx.update(PullRequest, { id: lease.id, fence: lease.fence }, change);
    return affected === 1;
  }

  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM pull_requests
        WHERE status IN ('claimed', 'sent') AND run_after <= now() AND (lease_until IS NULL OR lease_until < now())
        ORDER BY run_after LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}
