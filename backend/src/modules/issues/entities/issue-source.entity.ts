import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ContextCard, Message } from '../../sessions/index.js';
import { Issue } from './issue.entity.js';

/** A message or a card that an issue was drafted from; the reference goes when its target does. */
@Entity({ name: 'issue_sources' })
@Index('issue_sources_message_id', ['messageId'])
@Index('issue_sources_card_id', ['cardId'])
export class IssueSource {
  @PrimaryColumn('uuid', { name: 'issue_id', primaryKeyConstraintName: 'issue_sources_pkey' })
  @ForeignKey(() => Issue, 'id', { name: 'issue_sources_issue_id_fkey', onDelete: 'CASCADE' })
  issueId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'issue_sources_pkey' })
  ordinal!: number;

  @Column('uuid', { name: 'message_id', nullable: true })
  @ForeignKey(() => Message, 'id', { name: 'issue_sources_message_id_fkey', onDelete: 'SET NULL' })
  messageId!: string | null;

  @Column('uuid', { name: 'card_id', nullable: true })
  @ForeignKey(() => ContextCard, 'id', { name: 'issue_sources_card_id_fkey', onDelete: 'SET NULL' })
  cardId!: string | null;
}
