import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A domain event that was stored with the change that caused it and is delivered after the commit, at least once. */
@Entity({ name: 'outbox' })
@Index('outbox_due', ['runAfter'])
export class OutboxRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'outbox_pkey' })
  id!: string;

  @Column('text')
  topic!: string;

  @Column('jsonb')
  payload!: Record<string, unknown>;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'run_after', default: () => 'now()' })
  runAfter!: Date;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('integer', { default: 0 })
  fence!: number;

  @Column('integer', { default: 0 })
  attempts!: number;
}
