import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { Repository } from '../../github/index.js';

export const SNAPSHOT_STATUSES = ['queued', 'running', 'ready', 'failed'] as const;
export type SnapshotStatus = (typeof SNAPSHOT_STATUSES)[number];

/**
 * The index of a commit of a branch, shared by every session there. The row is its own job. The newest ready one of a
 * branch is searched; the newest of any state is what the branch is on its way to. One that is pinned is neither: it
 * is for whoever measures at that commit.
 */
@Entity({ name: 'index_snapshots' })
@Check('index_snapshots_status_check', `status IN (${SNAPSHOT_STATUSES.map((status) => `'${status}'`).join(', ')})`)
@Index('index_snapshots_commit_key', ['repositoryId', 'branch', 'commitSha', 'recipe'], {
  unique: true,
  where: 'pinned_until IS NULL',
})
@Index('index_snapshots_repository_id', ['repositoryId'])
@Index('index_snapshots_requested_by', ['requestedBy'])
@Index('index_snapshots_due', ['runAfter'], { where: `status IN ('queued', 'running')` })
export class IndexSnapshot {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'index_snapshots_pkey' })
  id!: string;

  @Column('uuid', { name: 'repository_id' })
  @ForeignKey(() => Repository, 'id', { name: 'index_snapshots_repository_id_fkey', onDelete: 'CASCADE' })
  repositoryId!: string;

  @Column('text')
  branch!: string;

  @Column('text', { name: 'commit_sha' })
  commitSha!: string;

  /** The model and the way of cutting that it is read with; a question is asked by the same model. */
  @Column('text')
  recipe!: string;

  @Column('text', { default: 'queued' })
  status!: SnapshotStatus;

  @Column('integer', { name: 'files_total', default: 0 })
  filesTotal!: number;

  @Column('integer', { name: 'files_indexed', default: 0 })
  filesIndexed!: number;

  @Column('integer', { name: 'files_skipped', default: 0 })
  filesSkipped!: number;

  @Column('integer', { default: 0 })
  chunks!: number;

  /** Share of the work that is done, 0–1. */
  @Column('double precision', { default: 0 })
  progress!: number;

  @Column('integer', { name: 'eta_seconds', nullable: true })
  etaSeconds!: number | null;

  /** Commits from the one that was searched when this one was fetched to this one; null where nobody can tell. */
  @Column('integer', { nullable: true })
  behind!: number | null;

  /** The newest commits that lead to this one (`repository_commits.id`): what others did since is not its history. */
  @Column('uuid', { array: true, default: () => `'{}'`, select: false })
  history!: string[];

  /** It is read for the sake of its commit, serves no session, and goes when nobody has prolonged this. */
  @Column('timestamptz', { name: 'pinned_until', nullable: true })
  pinnedUntil!: Date | null;

  /** Why it failed: a problem's code, and a sentence for people. */
  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { name: 'error_detail', nullable: true })
  errorDetail!: string | null;

  /** With whose right the branch is fetched. */
  @Column('uuid', { name: 'requested_by', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'index_snapshots_requested_by_fkey', onDelete: 'SET NULL' })
  requestedBy!: string | null;

  /** The last time that somebody asked for this commit; it orders the snapshots of a branch. */
  @Column('timestamptz', { name: 'requested_at', default: () => 'now()' })
  requestedAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'run_after', default: () => 'now()' })
  runAfter!: Date;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('integer', { default: 0 })
  fence!: number;

  @Column('integer', { default: 0 })
  attempts!: number;
}
