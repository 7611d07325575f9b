import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Solves: an agent's runs on an issue, with their candidates, events and checkpoints; the catalogue of models. */
export class CreateSolver1764000700000 implements MigrationInterface {
  readonly name = 'CreateSolver1764000700000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ai_models (
        id text CONSTRAINT ai_models_pkey PRIMARY KEY,
        name text NOT NULL,
        context_length integer,
        prompt_price_per_mtok double precision,
        completion_price_per_mtok double precision,
        refreshed_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`
      CREATE TABLE solves (
        id uuid CONSTRAINT solves_pkey PRIMARY KEY,
        issue_id uuid NOT NULL CONSTRAINT solves_issue_id_fkey REFERENCES issues (id) ON DELETE CASCADE,
        session_id uuid NOT NULL CONSTRAINT solves_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
        requested_by uuid CONSTRAINT solves_requested_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        status text NOT NULL DEFAULT 'queued' CONSTRAINT solves_status_check CHECK (status IN
          ('queued', 'starting', 'running', 'paused', 'validating', 'completed', 'unverified', 'failed', 'cancelled')),
        reason text,
        detail text,
        model text NOT NULL,
        instructions text,
        limit_steps integer NOT NULL,
        limit_minutes integer NOT NULL,
        limit_cost_usd double precision NOT NULL,
        spent_steps integer NOT NULL DEFAULT 0,
        spent_seconds double precision NOT NULL DEFAULT 0,
        spent_cost_usd double precision NOT NULL DEFAULT 0,
        spent_tokens integer NOT NULL DEFAULT 0,
        base_commit text,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz,
        run_after timestamptz NOT NULL DEFAULT now(),
        lease_until timestamptz,
        fence integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0
      )`);
    await queryRunner.query('CREATE INDEX solves_issue_id ON solves (issue_id, created_at)');
    await queryRunner.query('CREATE INDEX solves_session_id ON solves (session_id, created_at)');
    await queryRunner.query('CREATE INDEX solves_requested_by ON solves (requested_by, created_at)');
    await queryRunner.query(`
      CREATE INDEX solves_due ON solves (run_after) WHERE status IN ('queued', 'starting', 'running', 'validating')`);
    await queryRunner.query(`
      CREATE TABLE solve_candidates (
        solve_id uuid NOT NULL CONSTRAINT solve_candidates_solve_id_fkey REFERENCES solves (id) ON DELETE CASCADE,
        n integer NOT NULL,
        summary text,
        patch text,
        files integer NOT NULL DEFAULT 0,
        insertions integer NOT NULL DEFAULT 0,
        deletions integer NOT NULL DEFAULT 0,
        tests jsonb,
        CONSTRAINT solve_candidates_pkey PRIMARY KEY (solve_id, n)
      )`);
    await queryRunner.query(`
      CREATE TABLE solve_events (
        solve_id uuid NOT NULL CONSTRAINT solve_events_solve_id_fkey REFERENCES solves (id) ON DELETE CASCADE,
        seq integer NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        candidate integer NOT NULL DEFAULT 1,
        type text NOT NULL,
        data jsonb NOT NULL,
        CONSTRAINT solve_events_pkey PRIMARY KEY (solve_id, seq)
      )`);
    await queryRunner.query(`
      CREATE TABLE solve_checkpoints (
        solve_id uuid NOT NULL CONSTRAINT solve_checkpoints_solve_id_fkey REFERENCES solves (id) ON DELETE CASCADE,
        candidate integer NOT NULL,
        step integer NOT NULL,
        messages jsonb NOT NULL,
        patch text NOT NULL,
        tests_before jsonb,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT solve_checkpoints_pkey PRIMARY KEY (solve_id, candidate)
      )`);
    await queryRunner.query(`
      ALTER TABLE pull_requests ADD CONSTRAINT pull_requests_solve_id_fkey
        FOREIGN KEY (solve_id) REFERENCES solves (id) ON DELETE SET NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE pull_requests DROP CONSTRAINT pull_requests_solve_id_fkey');
    for (const table of ['solve_checkpoints', 'solve_events', 'solve_candidates', 'solves', 'ai_models']) {
      await queryRunner.query(`DROP TABLE ${table}`);
    }
  }
}
