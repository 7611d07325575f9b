import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Extensions, and the outbox that carries domain events from one module to another. */
export class CreatePlatform1764000000000 implements MigrationInterface {
  readonly name = 'CreatePlatform1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE EXTENSION IF NOT EXISTS vector');
    await queryRunner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    await queryRunner.query(`
      CREATE TABLE outbox (
        id uuid CONSTRAINT outbox_pkey PRIMARY KEY,
        topic text NOT NULL,
        payload jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        run_after timestamptz NOT NULL DEFAULT now(),
        lease_until timestamptz,
        fence integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0
      )`);
    await queryRunner.query('CREATE INDEX outbox_due ON outbox (run_after)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE outbox');
  }
}
