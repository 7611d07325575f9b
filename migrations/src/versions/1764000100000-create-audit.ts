import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit chain: entries that can only be added, and the row that says where the chain ends. */
export class CreateAudit1764000100000 implements MigrationInterface {
  readonly name = 'CreateAudit1764000100000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE audit_entries (
        seq bigint CONSTRAINT audit_entries_pkey PRIMARY KEY,
        id uuid NOT NULL,
        at timestamptz(3) NOT NULL,
        actor_type text NOT NULL,
        actor_id text,
        actor_login text,
        actor_role text,
        action text NOT NULL,
        target_type text NOT NULL,
        target_id text,
        target_name text,
        result text NOT NULL,
        reason text,
        repository text,
        via text NOT NULL,
        request_id text,
        ip text,
        user_agent text,
        details jsonb NOT NULL,
        prev_hash text NOT NULL,
        hash text NOT NULL
      )`);
    await queryRunner.query('CREATE UNIQUE INDEX audit_entries_id_key ON audit_entries (id)');
    await queryRunner.query('CREATE INDEX audit_entries_at ON audit_entries (at)');
    await queryRunner.query('CREATE INDEX audit_entries_actor_id ON audit_entries (actor_id, seq)');
    await queryRunner.query('CREATE INDEX audit_entries_actor_login ON audit_entries (lower(actor_login), seq)');
    await queryRunner.query('CREATE INDEX audit_entries_action ON audit_entries (action, seq)');
    await queryRunner.query('CREATE INDEX audit_entries_target_id ON audit_entries (target_id, seq)');
    await queryRunner.query(`
      CREATE FUNCTION audit_entries_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'audit_entries is append-only' USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER audit_entries_no_change BEFORE UPDATE OR DELETE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse_change()`);
    await queryRunner.query(`
      CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse_change()`);
    await queryRunner.query(`
      CREATE TABLE audit_head (
        id smallint CONSTRAINT audit_head_pkey PRIMARY KEY CONSTRAINT audit_head_one_row CHECK (id = 1),
        seq bigint NOT NULL,
        hash text NOT NULL
      )`);
    await queryRunner.query(`INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, repeat('0', 64))`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE audit_head');
    await queryRunner.query('DROP TABLE audit_entries');
    await queryRunner.query('DROP FUNCTION audit_entries_refuse_change()');
  }
}
