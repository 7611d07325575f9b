import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The chain's last entry, in one row. It moves with the entries that follow, which is what makes the numbers gapless. */
@Entity({ name: 'audit_head' })
@Check('audit_head_one_row', 'id = 1')
@Check('audit_head_keep_months', 'keep_months >= 1')
export class AuditHead {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'audit_head_pkey' })
  id!: number;

  @Column('bigint')
  seq!: string;

  @Column('text')
  hash!: string;

  /** How many months are kept beside the running one; null: all. Set by the migrations, whose role owns the schema. */
  @Column('smallint', { name: 'keep_months', nullable: true })
  keepMonths!: number | null;
}
