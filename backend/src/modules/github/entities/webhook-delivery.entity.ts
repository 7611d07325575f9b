import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A delivery of GitHub's, kept until and after it was processed: a redelivery carries the same id. */
@Entity({ name: 'webhook_deliveries' })
@Index('webhook_deliveries_due', ['runAfter'], { where: 'processed_at IS NULL AND failed_at IS NULL' })
@Index('webhook_deliveries_received_at', ['receivedAt'])
export class WebhookDelivery {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'webhook_deliveries_pkey' })
  id!: string;

  @Column('text')
  event!: string;

  @Column('text', { nullable: true })
  action!: string | null;

  @Column('jsonb')
  payload!: unknown;

  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;

  @Column('timestamptz', { name: 'processed_at', nullable: true })
  processedAt!: Date | null;

  @Column('timestamptz', { name: 'failed_at', nullable: true })
  failedAt!: Date | null;

  @Column('timestamptz', { name: 'run_after', default: () => 'now()' })
  runAfter!: Date;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('integer', { default: 0 })
  fence!: number;

  @Column('integer', { default: 0 })
  attempts!: number;
}
