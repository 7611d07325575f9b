import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ErrorKind } from '../../../platform/errors/domain-error.js';
import { User } from '../../auth/index.js';
import { Session } from '../../sessions/index.js';

export const ISSUE_STATUSES = ['drafting', 'draft', 'publishing', 'published', 'failed'] as const;
export type IssueStatus = (typeof ISSUE_STATUSES)[number];

/** Why drafting or publishing failed the last time: a problem's kind, code and sentence. */
export interface IssueError {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly detail: string;
}

/** An issue from its first draft on. The row is its own drafting job: a worker takes it under the lease. */
@Entity({ name: 'issues' })
@Check('issues_status_check', `status IN (${ISSUE_STATUSES.map((status) => `'${status}'`).join(', ')})`)
@Index('issues_session_id', ['sessionId', 'id'])
@Index('issues_created_by', ['createdBy'])
@Index('issues_requested_by', ['requestedBy'])
@Index('issues_session_github_number_key', ['sessionId', 'githubNumber'], {
  unique: true,
  where: 'github_number IS NOT NULL',
})
@Index('issues_due', ['runAfter'], { where: `status = 'drafting'` })
export class Issue {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'issues_pkey' })
  id!: string;

  @Column('uuid', { name: 'session_id' })
  @ForeignKey(() => Session, 'id', { name: 'issues_session_id_fkey', onDelete: 'CASCADE' })
  sessionId!: string;

  /** Null once the account is gone. */
  @Column('uuid', { name: 'created_by', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'issues_created_by_fkey', onDelete: 'SET NULL' })
  createdBy!: string | null;

  /** Who asked for the draft last; it is written with this person's rights. */
  @Column('uuid', { name: 'requested_by', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'issues_requested_by_fkey', onDelete: 'SET NULL' })
  requestedBy!: string | null;

  @Column('text', { default: 'drafting' })
  status!: IssueStatus;

  @Column('text')
  title!: string;

  @Column('text')
  body!: string;

  @Column('text', { array: true })
  labels!: string[];

  @Column('text', { array: true })
  assignees!: string[];

  /** What must be true for the issue to be done, a sentence each. */
  @Column('text', { array: true })
  acceptance!: string[];

  /** Number of the latest revision; 0 before there is one. */
  @Column('integer', { default: 0 })
  revision!: number;

  /** What the person asked of the draft. */
  @Column('text', { nullable: true })
  instructions!: string | null;

  @Column('jsonb', { nullable: true })
  error!: IssueError | null;

  @Column('integer', { name: 'github_number', nullable: true })
  githubNumber!: number | null;

  /** PostgreSQL's bigint, hence a string. */
  @Column('bigint', { name: 'github_id', nullable: true })
  githubId!: string | null;

  @Column('text', { name: 'github_url', nullable: true })
  githubUrl!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  @Column('timestamptz', { name: 'run_after', default: () => 'now()' })
  runAfter!: Date;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('integer', { default: 0 })
  fence!: number;

  @Column('integer', { default: 0 })
  attempts!: number;
}
