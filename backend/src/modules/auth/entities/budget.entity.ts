import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Limits that administrators have set for one subject: `deployment`, `everyone`, or a user's id. Who reserves locks the rows of
 * the subjects that pay, so that of two calls the later one sees what the earlier one took.
 */
@Entity({ name: 'budgets' })
export class BudgetRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'budgets_pkey' })
  subject!: string;

  /** By name; null is unlimited, a missing name leaves it to what stands above: everyone, then the environment. */
  @Column('jsonb', { default: {} })
  limits!: Readonly<Record<string, number | null>>;
}
