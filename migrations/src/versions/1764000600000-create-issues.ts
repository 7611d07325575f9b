import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Issues: drafts, what they were made from, their revisions, and the intents to publish them. */
export class CreateIssues1764000600000 implements MigrationInterface {
  readonly name = 'CreateIssues1764000600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE issues (
        id uuid CONSTRAINT issues_pkey PRIMARY KEY,
        session_id uuid NOT NULL CONSTRAINT issues_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
        created_by uuid CONSTRAINT issues_created_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        requested_by uuid CONSTRAINT issues_requested_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        status text NOT NULL DEFAULT 'drafting' CONSTRAINT issues_status_check
          CHECK (status IN ('drafting', 'draft', 'publishing', 'published', 'failed')),
        title text NOT NULL,
        body text NOT NULL,
        labels text[] NOT NULL,
        assignees text[] NOT NULL,
        acceptance text[] NOT NULL,
        revision integer NOT NULL DEFAULT 0,
        instructions text,
        error jsonb,
        github_number integer,
        github_id bigint,
        github_url text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        run_after timestamptz NOT NULL DEFAULT now(),
        lease_until timestamptz,
        fence integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0
      )`);
    await queryRunner.query('CREATE INDEX issues_session_id ON issues (session_id, id)');
    await queryRunner.query('CREATE INDEX issues_created_by ON issues (created_by)');
    await queryRunner.query('CREATE INDEX issues_requested_by ON issues (requested_by)');
    await queryRunner.query(`
      CREATE UNIQUE INDEX issues_session_github_number_key ON issues (session_id, github_number)
        WHERE github_number IS NOT NULL`);
    await queryRunner.query(`CREATE INDEX issues_due ON issues (run_after) WHERE status = 'drafting'`);
    await queryRunner.query(`
      CREATE TABLE issue_sources (
        issue_id uuid NOT NULL CONSTRAINT issue_sources_issue_id_fkey REFERENCES issues (id) ON DELETE CASCADE,
        ordinal integer NOT NULL,
        message_id uuid CONSTRAINT issue_sources_message_id_fkey REFERENCES messages (id) ON DELETE SET NULL,
        card_id uuid CONSTRAINT issue_sources_card_id_fkey REFERENCES context_cards (id) ON DELETE SET NULL,
        CONSTRAINT issue_sources_pkey PRIMARY KEY (issue_id, ordinal)
      )`);
    await queryRunner.query('CREATE INDEX issue_sources_message_id ON issue_sources (message_id)');
    await queryRunner.query('CREATE INDEX issue_sources_card_id ON issue_sources (card_id)');
    await queryRunner.query(`
      CREATE TABLE issue_revisions (
        issue_id uuid NOT NULL CONSTRAINT issue_revisions_issue_id_fkey REFERENCES issues (id) ON DELETE CASCADE,
        n integer NOT NULL,
        origin text NOT NULL CONSTRAINT issue_revisions_origin_check
          CHECK (origin IN ('model', 'user', 'restore', 'github')),
        author_id uuid CONSTRAINT issue_revisions_author_id_fkey REFERENCES users (id) ON DELETE SET NULL,
        title text NOT NULL,
        body text NOT NULL,
        labels text[] NOT NULL,
        assignees text[] NOT NULL,
        acceptance text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT issue_revisions_pkey PRIMARY KEY (issue_id, n)
      )`);
    await queryRunner.query('CREATE INDEX issue_revisions_author_id ON issue_revisions (author_id)');
    await queryRunner.query(`
      CREATE TABLE publish_intents (
        id uuid CONSTRAINT publish_intents_pkey PRIMARY KEY,
        issue_id uuid NOT NULL CONSTRAINT publish_intents_issue_id_fkey REFERENCES issues (id) ON DELETE CASCADE,
        requested_by uuid CONSTRAINT publish_intents_requested_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        title text NOT NULL,
        body text NOT NULL,
        labels text[] NOT NULL,
        assignees text[] NOT NULL,
        status text NOT NULL DEFAULT 'claimed' CONSTRAINT publish_intents_status_check
          CHECK (status IN ('claimed', 'sent', 'recorded', 'failed')),
        reason text,
        sent_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        run_after timestamptz NOT NULL DEFAULT now(),
        lease_until timestamptz,
        fence integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0
      )`);
    await queryRunner.query('CREATE UNIQUE INDEX publish_intents_issue_id_key ON publish_intents (issue_id)');
    await queryRunner.query('CREATE INDEX publish_intents_requested_by ON publish_intents (requested_by)');
    await queryRunner.query(
      `CREATE INDEX publish_intents_due ON publish_intents (run_after) WHERE status IN ('claimed', 'sent')`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['publish_intents', 'issue_revisions', 'issue_sources', 'issues']) {
      await queryRunner.query(`DROP TABLE ${table}`);
    }
  }
}
