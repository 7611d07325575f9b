import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The chain's last entry, in one row. Whoever appends locks it first, which is what makes the numbers gapless. */
@Entity({ name: 'audit_head' })
@Check('audit_head_one_row', 'id = 1')
export class AuditHead {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'audit_head_pkey' })
  id!: number;

  @Column('bigint')
  seq!: string;

  @Column('text')
  hash!: string;
}
