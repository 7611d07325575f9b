import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { IndexSnapshot } from '../../embeddings/index.js';
import { Repository } from '../../github/index.js';
import { Session } from '../../sessions/index.js';
import { EVALUATION_STATUSES, type EvaluationStatus, type Scores } from '../evaluation.types.js';

const STATUS_LIST = EVALUATION_STATUSES.map((status) => `'${status}'`).join(', ');

/**
 * How well the search finds the files of a branch's own merged fixes, as it was before all of them. The row is the truth:
 * its job only wakes a worker up. A branch has at most one under way.
 */
@Entity({ name: 'evaluations' })
@Check('evaluations_status_check', `status IN (${STATUS_LIST})`)
@Index('evaluations_session_id', ['sessionId'])
@Index('evaluations_requested_by', ['requestedBy'])
@Index('evaluations_snapshot_id', ['snapshotId'])
@Index('evaluations_repository_id', ['repositoryId'])
@Index('evaluations_under_way_key', ['repositoryId', 'branch'], {
  unique: true,
  where: `status IN ('queued', 'running')`,
})
@Index('evaluations_due', ['runAfter'], { where: `status IN ('queued', 'running')` })
export class Evaluation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'evaluations_pkey' })
  id!: string;

  @Column('uuid', { name: 'session_id' })
  @ForeignKey(() => Session, 'id', { name: 'evaluations_session_id_fkey', onDelete: 'CASCADE' })
  sessionId!: string;

  @Column('uuid', { name: 'repository_id' })
  @ForeignKey(() => Repository, 'id', { name: 'evaluations_repository_id_fkey', onDelete: 'CASCADE' })
  repositoryId!: string;

  @Column('text')
  branch!: string;

  /** With whose right the repository and its issues are read; null once the account is gone. */
  @Column('uuid', { name: 'requested_by', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'evaluations_requested_by_fkey', onDelete: 'SET NULL' })
  requestedBy!: string | null;

  @Column('text', { default: 'queued' })
  status!: EvaluationStatus;

  /** Share of the work that is done, 0–1. */
  @Column('double precision', { default: 0 })
  progress!: number;

  @Column('integer', { name: 'eta_seconds', nullable: true })
  etaSeconds!: number | null;

  /** The commit that was searched when it was asked for; the fixes lead to it. */
  @Column('text', { name: 'commit_sha' })
  commitSha!: string;

  /** The commit before all of the fixes, which is searched; null until they are chosen. */
  @Column('text', { name: 'snapshot_sha', nullable: true })
  snapshotSha!: string | null;

  /** Its index, while it is needed. */
  @Column('uuid', { name: 'snapshot_id', nullable: true })
  @ForeignKey(() => IndexSnapshot, 'id', { name: 'evaluations_snapshot_id_fkey', onDelete: 'SET NULL' })
  snapshotId!: string | null;

  @Column('integer', { name: 'cases_total', default: 0 })
  casesTotal!: number;

  @Column('integer', { name: 'cases_done', default: 0 })
  casesDone!: number;

  /** Once it is done. */
  @Column('jsonb', { nullable: true })
  scores!: Scores | null;

  /** Why it failed: a problem's code, and a sentence for people. */
  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { name: 'error_detail', nullable: true })
  errorDetail!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  @Column('timestamptz', { name: 'run_after', default: () => 'now()' })
  runAfter!: Date;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('integer', { default: 0 })
  fence!: number;

  @Column('integer', { default: 0 })
  attempts!: number;
}
