import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where the chain goes on from after its older part has left for an archive file. Rows are made by `audit_retire` only. */
@Entity({ name: 'audit_checkpoints' })
export class AuditCheckpoint {
  /** The last entry that has left. */
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'audit_checkpoints_pkey' })
  seq!: string;

  /** Its hash, to which the first one that stayed is chained. */
  @Column('text')
  hash!: string;

  @Column('timestamp with time zone', { precision: 3 })
  at!: Date;

  /** Name of the archive file. */
  @Column('text')
  archive!: string;

  /** Of the archive file, hex. */
  @Column('text')
  sha256!: string;

  /** Over the other columns, under the chain's key. */
  @Column('text')
  seal!: string;
}
