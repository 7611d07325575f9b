import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { Attachment } from './attachment.entity.js';
import { Message } from './message.entity.js';
import { Session } from './session.entity.js';

export const CARD_SOURCES = ['chat', 'file', 'upload'] as const;
export type CardSource = (typeof CARD_SOURCES)[number];

/** Something worth keeping at hand in a session: a part of the talk, of a file, of an upload, or a note. */
@Entity({ name: 'context_cards' })
@Check('context_cards_source_check', `source IN (${CARD_SOURCES.map((source) => `'${source}'`).join(', ')})`)
@Index('context_cards_session_id', ['sessionId', 'id'])
@Index('context_cards_message_id', ['messageId'])
@Index('context_cards_attachment_id', ['attachmentId'])
@Index('context_cards_created_by', ['createdBy'])
export class ContextCard {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'context_cards_pkey' })
  id!: string;

  @Column('uuid', { name: 'session_id' })
  @ForeignKey(() => Session, 'id', { name: 'context_cards_session_id_fkey', onDelete: 'CASCADE' })
  sessionId!: string;

  @Column('text')
  title!: string;

  @Column('text')
  description!: string;

  @Column('text')
  content!: string;

  @Column('text')
  source!: CardSource;

  @Column('uuid', { name: 'message_id', nullable: true })
  @ForeignKey(() => Message, 'id', { name: 'context_cards_message_id_fkey', onDelete: 'SET NULL' })
  messageId!: string | null;

  @Column('uuid', { name: 'attachment_id', nullable: true })
  @ForeignKey(() => Attachment, 'id', { name: 'context_cards_attachment_id_fkey', onDelete: 'SET NULL' })
  attachmentId!: string | null;

  @Column('text', { nullable: true })
  path!: string | null;

  @Column('integer', { name: 'start_line', nullable: true })
  startLine!: number | null;

  @Column('integer', { name: 'end_line', nullable: true })
  endLine!: number | null;

  @Column('text', { name: 'commit_sha', nullable: true })
  commitSha!: string | null;

  /** Always part of the prompt. */
  @Column('boolean', { default: false })
  pinned!: boolean;

  /** Kept out of the prompt. */
  @Column('boolean', { default: false })
  dropped!: boolean;

  @Column('integer')
  tokens!: number;

  @Column('uuid', { name: 'created_by', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'context_cards_created_by_fkey', onDelete: 'SET NULL' })
  createdBy!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
