import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Evaluations of the search by a repository's own merged fixes, and snapshots that serve nothing else; which commit gave a
 * file the name that it has, so that an earlier snapshot does not know of it.
 */
export class MeasureOwnFixes1764001400000 implements MigrationInterface {
  readonly name = 'MeasureOwnFixes1764001400000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}

const UP = [
  'ALTER TABLE index_snapshots ADD COLUMN pinned_until timestamptz',
  'DROP INDEX index_snapshots_commit_key',
  `CREATE UNIQUE INDEX index_snapshots_commit_key ON index_snapshots (repository_id, branch, commit_sha)
     WHERE pinned_until IS NULL`,
  'CREATE INDEX index_snapshots_repository_id ON index_snapshots (repository_id)',
  `CREATE TABLE evaluations (
     id uuid CONSTRAINT evaluations_pkey PRIMARY KEY,
     session_id uuid NOT NULL CONSTRAINT evaluations_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
     repository_id uuid NOT NULL CONSTRAINT evaluations_repository_id_fkey REFERENCES repositories (id) ON DELETE CASCADE,
     branch text NOT NULL,
     requested_by uuid CONSTRAINT evaluations_requested_by_fkey REFERENCES users (id) ON DELETE SET NULL,
     status text NOT NULL DEFAULT 'queued' CONSTRAINT evaluations_status_check
       CHECK (status IN ('queued', 'running', 'done', 'failed')),
     progress double precision NOT NULL DEFAULT 0,
     eta_seconds integer,
     commit_sha text NOT NULL,
     snapshot_sha text,
     snapshot_id uuid CONSTRAINT evaluations_snapshot_id_fkey REFERENCES index_snapshots (id) ON DELETE SET NULL,
     cases_total integer NOT NULL DEFAULT 0,
     cases_done integer NOT NULL DEFAULT 0,
     scores jsonb,
     error_code text,
     error_detail text,
     created_at timestamptz NOT NULL DEFAULT now(),
     started_at timestamptz,
     finished_at timestamptz,
     run_after timestamptz NOT NULL DEFAULT now(),
     lease_until timestamptz,
     fence integer NOT NULL DEFAULT 0,
     attempts integer NOT NULL DEFAULT 0
   )`,
  'CREATE INDEX evaluations_session_id ON evaluations (session_id)',
  'CREATE INDEX evaluations_requested_by ON evaluations (requested_by)',
  'CREATE INDEX evaluations_snapshot_id ON evaluations (snapshot_id)',
  'CREATE INDEX evaluations_repository_id ON evaluations (repository_id)',
  `CREATE UNIQUE INDEX evaluations_under_way_key ON evaluations (repository_id, branch)
     WHERE status IN ('queued', 'running')`,
  `CREATE INDEX evaluations_due ON evaluations (run_after) WHERE status IN ('queued', 'running')`,
  `CREATE TABLE evaluation_cases (
     evaluation_id uuid NOT NULL CONSTRAINT evaluation_cases_evaluation_id_fkey REFERENCES evaluations (id) ON DELETE CASCADE,
     position integer NOT NULL,
     source text NOT NULL CONSTRAINT evaluation_cases_source_check CHECK (source IN ('issue', 'commit')),
     number integer,
     title text NOT NULL,
     question text,
     commit_sha text NOT NULL,
     fixed_at timestamptz NOT NULL,
     gold text[] NOT NULL,
     files text[],
     CONSTRAINT evaluation_cases_pkey PRIMARY KEY (evaluation_id, position)
   )`,
  'ALTER TABLE commit_files ADD COLUMN via uuid',
  'UPDATE commit_files SET via = commit_id',
  'ALTER TABLE commit_files DROP CONSTRAINT commit_files_pkey',
  'ALTER TABLE commit_files ADD CONSTRAINT commit_files_pkey PRIMARY KEY (commit_id, path, via)',
];

const DOWN = [
  'ALTER TABLE commit_files DROP CONSTRAINT commit_files_pkey',
  `DELETE FROM commit_files f USING commit_files g
    WHERE g.commit_id = f.commit_id AND g.path = f.path AND g.via < f.via`,
  'ALTER TABLE commit_files DROP COLUMN via',
  'ALTER TABLE commit_files ADD CONSTRAINT commit_files_pkey PRIMARY KEY (commit_id, path)',
  'DROP TABLE evaluation_cases',
  'DROP TABLE evaluations',
  'DELETE FROM index_snapshots WHERE pinned_until IS NOT NULL',
  'DROP INDEX index_snapshots_repository_id',
  'DROP INDEX index_snapshots_commit_key',
  'CREATE UNIQUE INDEX index_snapshots_commit_key ON index_snapshots (repository_id, branch, commit_sha)',
  'ALTER TABLE index_snapshots DROP COLUMN pinned_until',
];
