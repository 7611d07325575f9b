import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from './user.entity.js';

/** The most that a call under way may take. Counts while its lease lasts; gone when the call is settled or has failed. */
@Entity({ name: 'usage_reservations' })
@Index('usage_reservations_user_id', ['userId'])
export class UsageReservation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'usage_reservations_pkey' })
  id!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => User, 'id', { name: 'usage_reservations_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @Column('text')
  kind!: string;

  @Column('bigint')
  tokens!: string;

  @Column('numeric', { name: 'cost_usd', precision: 14, scale: 6 })
  costUsd!: string;

  @Column('timestamptz', { name: 'lease_until' })
  leaseUntil!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
