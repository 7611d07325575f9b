import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import type { Lease } from '../../../platform/database/lease.js';
import { Session, SessionMember } from '../../sessions/index.js';
import { Evaluation } from '../entities/evaluation.entity.js';
import { EvaluationCase } from '../entities/evaluation-case.entity.js';

export interface EvaluationWish {
  readonly sessionId: string;
  readonly repositoryId: string;
  readonly branch: string;
  readonly commitSha: string;
  readonly requestedBy: string;
}

export type NewCase = Omit<EvaluationCase, 'evaluationId' | 'position' | 'files'>;

/** An evaluation under way, and what its session is called. */
export interface UnderWay {
  readonly evaluation: Evaluation;
  readonly title: string;
}

const MOST_UNDER_WAY = 50;

/** Evaluations, each row its own job, and their cases. */
@Injectable()
export class EvaluationsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byId(id: string): Promise<Evaluation | null> {
    return this.dataSource.manager.findOneBy(Evaluation, { id });
  }

  /** Makes one, unless one of the branch is under way. @returns its id, null where it was not made */
  async begin(tx: EntityManager, wish: EvaluationWish): Promise<string | null> {
    const { sessionId, repositoryId, branch, commitSha, requestedBy } = wish;
    const [made] = await tx.query<{ id: string }[]>(
      `INSERT INTO evaluations (id, session_id, repository_id, branch, commit_sha, requested_by)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (repository_id, branch) WHERE status IN ('queued', 'running') DO NOTHING RETURNING id`,
      [newId(), sessionId, repositoryId, branch, commitSha, requestedBy],
    );
    return made?.id ?? null;
  }

  /** The session's own that is under way. */
  async underWayIn(tx: EntityManager, sessionId: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }[]>(
      `SELECT id FROM evaluations WHERE session_id = $1 AND status IN ('queued', 'running')`,
      [sessionId],
    );
    return row?.id ?? null;
  }

  /** The snapshot that is kept for it. */
  async snapshotOf(tx: EntityManager, id: string): Promise<string | null> {
    const [row] = await tx.query<{ snapshot_id: string | null }[]>(
      'SELECT snapshot_id FROM evaluations WHERE id = $1',
      [id],
    );
    return row?.snapshot_id ?? null;
  }

  /** Newest first, with one row too many when there are more. */
  ofSession(sessionId: string, limit: number, beforeId?: string): Promise<Evaluation[]> {
    const query = this.dataSource.manager
      .createQueryBuilder(Evaluation, 'evaluation')
      .where('evaluation.sessionId = :sessionId', { sessionId })
      .orderBy('evaluation.id', 'DESC')
      .take(limit + 1);
    if (beforeId !== undefined) query.andWhere('evaluation.id < :beforeId', { beforeId });
    return query.getMany();
  }

  /** Those under way in the sessions in which a user takes part, newest first. */
  async underWay(memberId: string): Promise<UnderWay[]> {
    const { entities, raw } = await this.dataSource.manager
      .createQueryBuilder(Evaluation, 'evaluation')
      .innerJoin(SessionMember, 'member', 'member.session_id = evaluation.session_id AND member.user_id = :memberId', {
        memberId,
      })
      .innerJoin(Session, 'session', 'session.id = evaluation.session_id')
      .addSelect('session.title', 'session_title')
      .where(`evaluation.status IN ('queued', 'running')`)
      .orderBy('evaluation.id', 'DESC')
      .limit(MOST_UNDER_WAY)
      .getRawAndEntities<{ session_title: string }>();
    return entities.map((evaluation, at) => ({ evaluation, title: raw[at]?.session_title ?? '' }));
  }

  /** The newest fix first. */
  cases(evaluationId: string): Promise<EvaluationCase[]> {
    return this.dataSource.manager.find(EvaluationCase, { where: { evaluationId }, order: { position: 'ASC' } });
  }

  /** Puts these in the place of what an earlier attempt has chosen. */
  async replaceCases(tx: EntityManager, evaluationId: string, cases: readonly NewCase[]): Promise<void> {
    await tx.delete(EvaluationCase, { evaluationId });
    await tx.insert(
      EvaluationCase,
      cases.map((one, at) => ({ evaluationId, position: at + 1, ...one })),
    );
  }

  async answer(tx: EntityManager, evaluationId: string, position: number, files: readonly string[]): Promise<void> {
    await tx.update(EvaluationCase, { evaluationId, position }, { files: [...files], question: null });
  }

  /** Whatever was not asked will not be. */
  async forgetQuestions(tx: EntityManager, evaluationId: string): Promise<void> {
    await tx.update(EvaluationCase, { evaluationId, files: IsNull() }, { question: null });
  }

  /** Under the lease; false when another worker has gone on with it, or the row is gone. */
  async advance(
    lease: Lease,
    change: Partial<Evaluation>,
    tx: EntityManager = this.dataSource.manager,
  ): Promise<boolean> {
    const { affected } = await tx.update(Evaluation, { id: lease.id, fence: lease.fence }, change);
    return affected === 1;
  }

  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM evaluations
        WHERE status IN ('queued', 'running') AND run_after <= now() AND (lease_until IS NULL OR lease_until < now())
        ORDER BY run_after LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}
