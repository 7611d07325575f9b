import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../../auth/index.js';
import { Issue } from '../../issues/index.js';
import { Session } from '../../sessions/index.js';
import { SOLVE_STATUSES, type SolveStatus } from '../solve.types.js';

const STATUS_LIST = SOLVE_STATUSES.map((status) => `'${status}'`).join(', ');

/** An agent's run on an issue. The row is the truth: its job only wakes a worker up. */
@Entity({ name: 'solves' })
@Check('solves_status_check', `status IN (${STATUS_LIST})`)
@Index('solves_issue_id', ['issueId', 'createdAt'])
@Index('solves_session_id', ['sessionId', 'createdAt'])
@Index('solves_requested_by', ['requestedBy', 'createdAt'])
@Index('solves_due', ['runAfter'], { where: `status IN ('queued', 'starting', 'running', 'validating')` })
export class Solve {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'solves_pkey' })
  id!: string;

  @Column('uuid', { name: 'issue_id' })
  issueId!: string;

  @ManyToOne(() => Issue, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'issue_id', foreignKeyConstraintName: 'solves_issue_id_fkey' })
  issue?: Relation<Issue>;

  @Column('uuid', { name: 'session_id' })
  sessionId!: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'solves_session_id_fkey' })
  session?: Relation<Session>;

  /** Null once the account is gone. */
  @Column('uuid', { name: 'requested_by', nullable: true })
  requestedBy!: string | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'requested_by', foreignKeyConstraintName: 'solves_requested_by_fkey' })
  requester?: Relation<User> | null;

  @Column('text', { default: 'queued' })
  status!: SolveStatus;

  /** Why it paused or failed, as a code. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** The same in a sentence. */
  @Column('text', { nullable: true })
  detail!: string | null;

  @Column('text')
  model!: string;

  @Column('text', { nullable: true })
  instructions!: string | null;

  @Column('integer', { name: 'limit_steps' })
  limitSteps!: number;

  @Column('integer', { name: 'limit_minutes' })
  limitMinutes!: number;

  @Column('double precision', { name: 'limit_cost_usd' })
  limitCostUsd!: number;

  @Column('integer', { name: 'spent_steps', default: 0 })
  spentSteps!: number;

  @Column('double precision', { name: 'spent_seconds', default: 0 })
  spentSeconds!: number;

  @Column('double precision', { name: 'spent_cost_usd', default: 0 })
  spentCostUsd!: number;

  @Column('integer', { name: 'spent_tokens', default: 0 })
  spentTokens!: number;

  @Column('text', { name: 'base_commit', nullable: true })
  baseCommit!: string | null;

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
