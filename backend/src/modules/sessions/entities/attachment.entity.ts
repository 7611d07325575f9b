import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { Session } from './session.entity.js';

/** A text that somebody has uploaded into a session. */
@Entity({ name: 'attachments' })
@Index('attachments_session_id', ['sessionId', 'id'])
@Index('attachments_created_by', ['createdBy'])
export class Attachment {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'attachments_pkey' })
  id!: string;

  @Column('uuid', { name: 'session_id' })
  @ForeignKey(() => Session, 'id', { name: 'attachments_session_id_fkey', onDelete: 'CASCADE' })
  sessionId!: string;

  @Column('uuid', { name: 'created_by', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'attachments_created_by_fkey', onDelete: 'SET NULL' })
  createdBy!: string | null;

  @Column('text')
  name!: string;

  @Column('text', { name: 'media_type' })
  mediaType!: string;

  /** In bytes. */
  @Column('integer')
  size!: number;

  @Column('text')
  sha256!: string;

  @Column('text', { select: false })
  content!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
