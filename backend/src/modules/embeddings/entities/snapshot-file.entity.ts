import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Category } from '../text/file-kind.js';
import type { SkipReason } from '../text/skip-policy.js';
import { Blob } from './blob.entity.js';
import { IndexSnapshot } from './index-snapshot.entity.js';

/** A file of an indexed commit: where its content is, or why it was not read. */
@Entity({ name: 'snapshot_files' })
@Check('snapshot_files_outcome_check', '(blob_id IS NULL) <> (skip_reason IS NULL)')
@Index('snapshot_files_blob_id', ['blobId'])
export class SnapshotFile {
  @PrimaryColumn('uuid', { name: 'snapshot_id', primaryKeyConstraintName: 'snapshot_files_pkey' })
  @ForeignKey(() => IndexSnapshot, 'id', { name: 'snapshot_files_snapshot_id_fkey', onDelete: 'CASCADE' })
  snapshotId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'snapshot_files_pkey' })
  path!: string;

  /** A content goes only when no file refers to it any more. */
  @Column('uuid', { name: 'blob_id', nullable: true })
  @ForeignKey(() => Blob, 'id', { name: 'snapshot_files_blob_id_fkey', onDelete: 'RESTRICT' })
  blobId!: string | null;

  /** git's id of its content; null where it was not noted when it was read. */
  @Column('text', { nullable: true })
  oid!: string | null;

  /** In bytes. */
  @Column('integer')
  size!: number;

  @Column('text', { name: 'skip_reason', nullable: true })
  skipReason!: SkipReason | null;

  @Column('text', { nullable: true })
  language!: string | null;

  @Column('text')
  category!: Category;

  /** The words of the path, cut as those of a text are. */
  @Column('text')
  words!: string;

  @Column({
    type: 'tsvector',
    generatedType: 'STORED',
    asExpression: `to_tsvector('simple', words)`,
    select: false,
    insert: false,
    update: false,
  })
  search!: string;
}
