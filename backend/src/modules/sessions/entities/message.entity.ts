import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ErrorKind } from '../../../platform/errors/domain-error.js';
import { User } from '../../auth/index.js';
import { Session } from './session.entity.js';

export const MESSAGE_ROLES = ['user', 'assistant', 'system'] as const;
export type MessageRole = (typeof MESSAGE_ROLES)[number];
export const MESSAGE_STATUSES = ['complete', 'streaming', 'stopped', 'failed'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];
export const RETRIEVAL_STATES = ['found', 'none', 'indexing', 'unavailable'] as const;
export type RetrievalState = (typeof RETRIEVAL_STATES)[number];

/** Why an answer failed: a problem's code and sentence, and what kind of failure it is (upstream, where it is not told). */
export interface MessageError {
  readonly code: string;
  readonly detail: string;
  readonly kind?: ErrorKind;
}

/** A piece of a prompt that was shortened or left out because it had no room. */
export interface LeftOut {
  /** `turn:<id>`, as in GET /context. */
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly state: 'shortened' | 'omitted';
}

const listed = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** A message of a session's tree. An answer that streams is its own job: a worker takes the row under the lease. */
@Entity({ name: 'messages' })
@Check('messages_role_check', `role IN (${listed(MESSAGE_ROLES)})`)
@Check('messages_status_check', `status IN (${listed(MESSAGE_STATUSES)})`)
@Index('messages_session_id', ['sessionId', 'id'])
@Index('messages_parent_id', ['parentId', 'id'])
@Index('messages_roots', ['sessionId', 'id'], { where: 'parent_id IS NULL' })
@Index('messages_author_id', ['authorId'])
@Index('messages_client_message_id_key', ['sessionId', 'clientMessageId'], { unique: true })
@Index('messages_search', { synchronize: false })
@Index('messages_due', ['runAfter'], { where: `status = 'streaming'` })
export class Message {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'messages_pkey' })
  id!: string;

  @Column('uuid', { name: 'session_id' })
  @ForeignKey(() => Session, 'id', { name: 'messages_session_id_fkey', onDelete: 'CASCADE' })
  sessionId!: string;

  /** Null for the first message of a session. */
  @Column('uuid', { name: 'parent_id', nullable: true })
  @ForeignKey(() => Message, 'id', { name: 'messages_parent_id_fkey', onDelete: 'CASCADE' })
  parentId!: string | null;

  /** The sender's own id of a user's message, so that sending twice stores once. */
  @Column('text', { name: 'client_message_id', nullable: true })
  clientMessageId!: string | null;

  @Column('text')
  role!: MessageRole;

  @Column('text')
  text!: string;

  @Column('text', { default: 'complete' })
  status!: MessageStatus;

  /** Who wrote it or asked for it; null once the account is gone. */
  @Column('uuid', { name: 'author_id', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'messages_author_id_fkey', onDelete: 'SET NULL' })
  authorId!: string | null;

  /** Of an answer: the model that was asked for, then the one that answered. */
  @Column('text', { nullable: true })
  model!: string | null;

  @Column('integer', { name: 'prompt_tokens', default: 0 })
  promptTokens!: number;

  @Column('integer', { name: 'completion_tokens', default: 0 })
  completionTokens!: number;

  @Column('double precision', { name: 'cost_usd', default: 0 })
  costUsd!: number;

  @Column('text', { name: 'retrieval_state', nullable: true })
  retrievalState!: RetrievalState | null;

  /** The commit that the answer's citations belong to. */
  @Column('text', { name: 'retrieval_commit', nullable: true })
  retrievalCommit!: string | null;

  @Column('jsonb', { nullable: true })
  error!: MessageError | null;

  /** Of an answer: what of its prompt had no room; null when all had. */
  @Column('jsonb', { name: 'left_out', nullable: true })
  leftOut!: readonly LeftOut[] | null;

  /** Kept out of prompts. */
  @Column('boolean', { default: false })
  dropped!: boolean;

  /** Set by whoever wants the answer to stop. */
  @Column('timestamptz', { name: 'stop_requested_at', nullable: true })
  stopRequestedAt!: Date | null;

  @Column({
    type: 'tsvector',
    generatedType: 'STORED',
    asExpression: `to_tsvector('simple', text)`,
    select: false,
    insert: false,
    update: false,
  })
  search!: string;

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
