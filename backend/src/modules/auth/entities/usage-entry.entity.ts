import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from './user.entity.js';

/** What a call to the language model took, and for whom. Only ever added to. */
@Entity({ name: 'usage_ledger' })
@Index('usage_ledger_user_id_at', ['userId', 'at'])
@Index('usage_ledger_at', ['at'])
export class UsageEntry {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'usage_ledger_pkey' })
  id!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => User, 'id', { name: 'usage_ledger_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  /** What it was for: `chat`, `draft`, `solve`. */
  @Column('text')
  kind!: string;

  @Column('bigint')
  tokens!: string;

  /** US dollars, as the model's price list has them. */
  @Column('numeric', { name: 'cost_usd', precision: 14, scale: 6 })
  costUsd!: string;

  /** Id of the message, issue or solve. */
  @Column('uuid', { nullable: true })
  ref!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  /** `owner/name` at the time. */
  @Column('text', { nullable: true })
  repository!: string | null;
}
