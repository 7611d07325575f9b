import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { type MessageError, Message } from './message.entity.js';
import { Session } from './session.entity.js';

export const CONDENSATION_STATUSES = ['queued', 'done', 'failed'] as const;
export type CondensationStatus = (typeof CONDENSATION_STATUSES)[number];

/**
 * The older part of a conversation in fewer words, by the model: everything from the beginning to `throughId` that was said
 * and not left out. Made once and used by every branch that shares these messages. The row is its own job.
 */
@Entity({ name: 'condensations' })
@Check('condensations_status_check', `status IN (${CONDENSATION_STATUSES.map((status) => `'${status}'`).join(', ')})`)
@Index('condensations_session_id', ['sessionId'])
@Index('condensations_after_id', ['afterId'])
@Index('condensations_requested_by', ['requestedBy'])
@Index('condensations_messages_key', ['throughId', 'digest'], { unique: true })
@Index('condensations_due', ['runAfter'], { where: `status = 'queued'` })
export class Condensation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'condensations_pkey' })
  id!: string;

  @Column('uuid', { name: 'session_id' })
  @ForeignKey(() => Session, 'id', { name: 'condensations_session_id_fkey', onDelete: 'CASCADE' })
  sessionId!: string;

  /** The last message that it stands for. */
  @Column('uuid', { name: 'through_id' })
  @ForeignKey(() => Message, 'id', { name: 'condensations_through_id_fkey', onDelete: 'CASCADE' })
  throughId!: string;

  /** Of the ids of all messages that it stands for, in their order: a message that is left out later ends its use. */
  @Column('text')
  digest!: string;

  /** How many these are. */
  @Column('integer', { name: 'message_count' })
  messageCount!: number;

  /** What these would take in a prompt as they were said; 0 until it is done. */
  @Column('integer', { name: 'whole_tokens', default: 0 })
  wholeTokens!: number;

  @Column('text', { default: 'queued' })
  status!: CondensationStatus;

  /** Empty until it is done. */
  @Column('text', { default: '' })
  text!: string;

  /** Left out of prompts by a person: what it stands for is told as it was said, as far as there is room, and not condensed. */
  @Column('boolean', { default: false })
  dropped!: boolean;

  /** The answer after which it was wanted; null once that is gone. */
  @Column('uuid', { name: 'after_id', nullable: true })
  @ForeignKey(() => Message, 'id', { name: 'condensations_after_id_fkey', onDelete: 'SET NULL' })
  afterId!: string | null;

  /** Who asked for the answer after which it was wanted, and pays. */
  @Column('uuid', { name: 'requested_by', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'condensations_requested_by_fkey', onDelete: 'SET NULL' })
  requestedBy!: string | null;

  @Column('text', { nullable: true })
  model!: string | null;

  @Column('integer', { name: 'prompt_tokens', default: 0 })
  promptTokens!: number;

  @Column('integer', { name: 'completion_tokens', default: 0 })
  completionTokens!: number;

  @Column('double precision', { name: 'cost_usd', default: 0 })
  costUsd!: number;

  /** Why it failed. */
  @Column('jsonb', { nullable: true })
  error!: MessageError | null;

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
