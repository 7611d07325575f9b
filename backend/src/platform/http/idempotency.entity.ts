import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** The first answer to a request that carried an Idempotency-Key; kept for 24 hours. */
@Entity({ name: 'idempotency_keys' })
@Index('idempotency_keys_created_at', ['createdAt'])
export class IdempotencyKey {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'idempotency_keys_pkey' })
  @ForeignKey('users', 'id', { name: 'idempotency_keys_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_keys_pkey' })
  key!: string;

  /** Method, path and body of the request, hashed. */
  @Column('text', { name: 'request_hash' })
  requestHash!: string;

  /** Null while the first request is under way. */
  @Column('integer', { nullable: true })
  status!: number | null;

  /** Sealed. */
  @Column('jsonb', { nullable: true })
  answer!: unknown;

  @Column('timestamptz', { name: 'lease_until' })
  leaseUntil!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
