import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../auth/index.js';
import { Issue } from './issue.entity.js';

export const REVISION_ORIGINS = ['model', 'user', 'restore', 'github'] as const;
export type RevisionOrigin = (typeof REVISION_ORIGINS)[number];

/** The text of an issue as it was at one time; never changed afterwards. */
@Entity({ name: 'issue_revisions' })
@Check('issue_revisions_origin_check', `origin IN (${REVISION_ORIGINS.map((origin) => `'${origin}'`).join(', ')})`)
@Index('issue_revisions_author_id', ['authorId'])
export class IssueRevision {
  @PrimaryColumn('uuid', { name: 'issue_id', primaryKeyConstraintName: 'issue_revisions_pkey' })
  @ForeignKey(() => Issue, 'id', { name: 'issue_revisions_issue_id_fkey', onDelete: 'CASCADE' })
  issueId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'issue_revisions_pkey' })
  n!: number;

  @Column('text')
  origin!: RevisionOrigin;

  @Column('uuid', { name: 'author_id', nullable: true })
  @ForeignKey(() => User, 'id', { name: 'issue_revisions_author_id_fkey', onDelete: 'SET NULL' })
  authorId!: string | null;

  @Column('text')
  title!: string;

  @Column('text')
  body!: string;

  @Column('text', { array: true })
  labels!: string[];

  @Column('text', { array: true })
  assignees!: string[];

  @Column('text', { array: true })
  acceptance!: string[];

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
