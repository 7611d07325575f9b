import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the language model may cost: own limits, what was used each day, and what calls under way hold. */
export class CreateBudgets1764001000000 implements MigrationInterface {
  readonly name = 'CreateBudgets1764001000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE budgets (
        subject text CONSTRAINT budgets_pkey PRIMARY KEY,
        limits jsonb NOT NULL DEFAULT '{}'
      )`);
    await queryRunner.query(`
      CREATE TABLE usage_days (
        subject text NOT NULL,
        day date NOT NULL,
        tokens bigint NOT NULL,
        cost_usd numeric(14,6) NOT NULL,
        CONSTRAINT usage_days_pkey PRIMARY KEY (subject, day)
      )`);
    await queryRunner.query(`
      CREATE TABLE usage_reservations (
        id uuid CONSTRAINT usage_reservations_pkey PRIMARY KEY,
        user_id uuid NOT NULL CONSTRAINT usage_reservations_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        kind text NOT NULL,
        tokens bigint NOT NULL,
        cost_usd numeric(14,6) NOT NULL,
        lease_until timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query('CREATE INDEX usage_reservations_user_id ON usage_reservations (user_id)');
    await queryRunner.query('ALTER TABLE usage_ledger ADD COLUMN repository text');
    await queryRunner.query(`
      INSERT INTO usage_days (subject, day, tokens, cost_usd)
      SELECT subject, (at AT TIME ZONE 'UTC')::date, sum(tokens), sum(cost_usd)
        FROM usage_ledger CROSS JOIN LATERAL unnest(ARRAY['deployment', user_id::text]) AS subject
       GROUP BY 1, 2`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE usage_ledger DROP COLUMN repository');
    for (const table of ['usage_reservations', 'usage_days', 'budgets']) {
      await queryRunner.query(`DROP TABLE ${table}`);
    }
  }
}
