import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known of GitHub: repositories and rights, installations, deliveries, issues, pull requests. */
export class CreateGithub1764000300000 implements MigrationInterface {
  readonly name = 'CreateGithub1764000300000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE repositories (
        id uuid CONSTRAINT repositories_pkey PRIMARY KEY,
        github_id bigint NOT NULL,
        owner text NOT NULL,
        name text NOT NULL,
        private boolean NOT NULL,
        archived boolean NOT NULL,
        default_branch text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query('CREATE UNIQUE INDEX repositories_github_id_key ON repositories (github_id)');
    await queryRunner.query('CREATE INDEX repositories_full_name ON repositories (lower(owner), lower(name))');
    await queryRunner.query(`
      CREATE TABLE repository_permissions (
        user_id uuid NOT NULL CONSTRAINT repository_permissions_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        repository_id uuid NOT NULL CONSTRAINT repository_permissions_repository_id_fkey REFERENCES repositories (id) ON DELETE CASCADE,
        permission text NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT repository_permissions_pkey PRIMARY KEY (user_id, repository_id)
      )`);
    await queryRunner.query(
      'CREATE INDEX repository_permissions_repository_id ON repository_permissions (repository_id)',
    );
    await queryRunner.query(`
      CREATE TABLE github_installations (
        github_id bigint CONSTRAINT github_installations_pkey PRIMARY KEY,
        account text NOT NULL,
        suspended_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`
      CREATE TABLE github_issues (
        repository_id uuid NOT NULL CONSTRAINT github_issues_repository_id_fkey REFERENCES repositories (id) ON DELETE CASCADE,
        number integer NOT NULL,
        github_id bigint NOT NULL,
        title text NOT NULL,
        state text NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT github_issues_pkey PRIMARY KEY (repository_id, number)
      )`);
    await queryRunner.query(`
      CREATE TABLE webhook_deliveries (
        id uuid CONSTRAINT webhook_deliveries_pkey PRIMARY KEY,
        event text NOT NULL,
        action text,
        payload jsonb NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        processed_at timestamptz,
        failed_at timestamptz,
        run_after timestamptz NOT NULL DEFAULT now(),
        lease_until timestamptz,
        fence integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0
      )`);
    await queryRunner.query(
      'CREATE INDEX webhook_deliveries_due ON webhook_deliveries (run_after) WHERE processed_at IS NULL AND failed_at IS NULL',
    );
    await queryRunner.query('CREATE INDEX webhook_deliveries_received_at ON webhook_deliveries (received_at)');
    await queryRunner.query(`
      CREATE TABLE pull_requests (
        id uuid CONSTRAINT pull_requests_pkey PRIMARY KEY,
        repository_id uuid NOT NULL CONSTRAINT pull_requests_repository_id_fkey REFERENCES repositories (id) ON DELETE CASCADE,
        solve_id uuid,
        requested_by uuid CONSTRAINT pull_requests_requested_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        head text NOT NULL,
        base text NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        draft boolean NOT NULL,
        status text NOT NULL DEFAULT 'claimed' CONSTRAINT pull_requests_status_check
          CHECK (status IN ('claimed', 'sent', 'open', 'merged', 'closed', 'failed')),
        reason text,
        number integer,
        url text,
        created_at timestamptz NOT NULL DEFAULT now(),
        run_after timestamptz NOT NULL DEFAULT now(),
        lease_until timestamptz,
        fence integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0
      )`);
    await queryRunner.query('CREATE UNIQUE INDEX pull_requests_solve_id_key ON pull_requests (solve_id)');
    await queryRunner.query('CREATE INDEX pull_requests_repository_id ON pull_requests (repository_id, number)');
    await queryRunner.query('CREATE INDEX pull_requests_requested_by ON pull_requests (requested_by)');
    await queryRunner.query(
      `CREATE INDEX pull_requests_due ON pull_requests (run_after) WHERE status IN ('claimed', 'sent')`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const tables = [
      'pull_requests',
      'webhook_deliveries',
      'github_issues',
      'github_installations',
      'repository_permissions',
      'repositories',
    ];
    for (const table of tables) await queryRunner.query(`DROP TABLE ${table}`);
  }
}
