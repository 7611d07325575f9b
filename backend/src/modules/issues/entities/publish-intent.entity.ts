import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { Issue } from './issue.entity.js';

export const INTENT_STATUSES = ['claimed', 'sent', 'recorded', 'failed'] as const;
export type IntentStatus = (typeof INTENT_STATUSES)[number];

/**
 * The will to have an issue on GitHub, with exactly what is to be sent; one for each issue. `sent` = it may be there already:
 * whoever goes on from there looks for the marker first.
 */
@Entity({ name: 'publish_intents' })
@Check('publish_intents_status_check', `status IN (${INTENT_STATUSES.map((status) => `'${status}'`).join(', ')})`)
@Index('publish_intents_issue_id_key', ['issueId'], { unique: true })
@Index('publish_intents_requested_by', ['requestedBy'])
@Index('publish_intents_due', ['runAfter'], { where: `status IN ('claimed', 'sent')` })
export class PublishIntent {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'publish_intents_pkey' })
  id!: string;

  @Column('uuid', { name: 'issue_id' })
  @ForeignKey(() => Issue, 'id', { name: 'publish_intents_issue_id_fkey', onDelete: 'CASCADE' })
  issueId!: string;

  @Column('uuid', { name: 'requested_by', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'publish_intents_requested_by_fkey', onDelete: 'SET NULL' })
  requestedBy!: string | null;

  @Column('text')
  title!: string;

  /** With the marker by which the issue is found again. */
  @Column('text')
  body!: string;

  @Column('text', { array: true })
  labels!: string[];

  @Column('text', { array: true })
  assignees!: string[];

  @Column('text', { default: 'claimed' })
  status!: IntentStatus;

  /** Code of the problem that kept it back last. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** When it was last on its way; stays, so that an intent that is taken up anew is looked for. */
  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;

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
