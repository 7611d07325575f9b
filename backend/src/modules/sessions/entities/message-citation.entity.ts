import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Message } from './message.entity.js';

/** A place in the repository that an answer names, checked against the commit before it was stored. */
@Entity({ name: 'message_citations' })
export class MessageCitation {
  @PrimaryColumn('uuid', { name: 'message_id', primaryKeyConstraintName: 'message_citations_pkey' })
  @ForeignKey(() => Message, 'id', { name: 'message_citations_message_id_fkey', onDelete: 'CASCADE' })
  messageId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'message_citations_pkey' })
  ordinal!: number;

  @Column('text')
  path!: string;

  /** 1-based, both ends included. */
  @Column('integer', { name: 'start_line' })
  startLine!: number;

  @Column('integer', { name: 'end_line' })
  endLine!: number;

  @Column('text', { name: 'commit_sha' })
  commitSha!: string;

  @Column('double precision')
  score!: number;

  @Column('boolean')
  verified!: boolean;
}
