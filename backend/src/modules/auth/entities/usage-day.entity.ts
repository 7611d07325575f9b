import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The sums of `usage_ledger` by day (UTC), for `deployment` and for each user's id: what budgets are measured against. */
@Entity({ name: 'usage_days' })
export class UsageDay {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'usage_days_pkey' })
  subject!: string;

  @PrimaryColumn('date', { primaryKeyConstraintName: 'usage_days_pkey' })
  day!: string;

  @Column('bigint')
  tokens!: string;

  @Column('numeric', { name: 'cost_usd', precision: 14, scale: 6 })
  costUsd!: string;
}
