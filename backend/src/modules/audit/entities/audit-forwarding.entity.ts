import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a collector has received the trail, in one row; whoever holds its lease sends on. */
@Entity({ name: 'audit_forwarding' })
export class AuditForwardingRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'audit_forwarding_pkey' })
  id!: string;

  /** The last entry that was received. */
  @Column('bigint', { default: 0 })
  seq!: string;

  /** Attempts in a row that failed. */
  @Column('integer', { default: 0 })
  failures!: number;

  @Column('timestamp with time zone', { name: 'run_after', default: () => 'now()' })
  runAfter!: Date;

  @Column('timestamp with time zone', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('integer', { default: 0 })
  fence!: number;

  @Column('integer', { default: 0 })
  attempts!: number;
}
