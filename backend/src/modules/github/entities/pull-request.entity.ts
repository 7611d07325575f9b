import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { Repository } from './repository.entity.js';

export const PULL_STATUSES = ['claimed', 'sent', 'open', 'merged', 'closed', 'failed'] as const;
export type PullStatus = (typeof PULL_STATUSES)[number];

/**
 * The intent to open a pull request, and the pull request once it is there. `sent` = GitHub may have it already; whoever
 * goes on from there looks first.
 */
@Entity({ name: 'pull_requests' })
@Check('pull_requests_status_check', `status IN (${PULL_STATUSES.map((status) => `'${status}'`).join(', ')})`)
@Index('pull_requests_solve_id_key', ['solveId'], { unique: true })
@Index('pull_requests_repository_id', ['repositoryId', 'number'])
@Index('pull_requests_requested_by', ['requestedBy'])
@Index('pull_requests_due', ['runAfter'], { where: `status IN ('claimed', 'sent')` })
export class PullRequest {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pull_requests_pkey' })
  id!: string;

  @Column('uuid', { name: 'repository_id' })
  @ForeignKey(() => Repository, 'id', { name: 'pull_requests_repository_id_fkey', onDelete: 'CASCADE' })
  repositoryId!: string;

  /** What it was made from. The solver's entity goes by its name: this module may not import that one. */
  @Column('uuid', { name: 'solve_id', nullable: true })
  @ForeignKey('Solve', 'id', { name: 'pull_requests_solve_id_fkey', onDelete: 'SET NULL' })
  solveId!: string | null;

  @Column('uuid', { name: 'requested_by', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'pull_requests_requested_by_fkey', onDelete: 'SET NULL' })
  requestedBy!: string | null;

  @Column('text')
  head!: string;

  @Column('text')
  base!: string;

  @Column('text')
  title!: string;

  @Column('text')
  body!: string;

  @Column('boolean')
  draft!: boolean;

  @Column('text', { default: 'claimed' })
  status!: PullStatus;

  /** Code of the problem that ended it. */
  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('integer', { nullable: true })
  number!: number | null;

  @Column('text', { nullable: true })
  url!: string | null;

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
