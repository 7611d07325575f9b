import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Chunks know the words of what they define, which weigh more; and what a repository's commits said and changed. */
export class SearchByDefinitions1764001300000 implements MigrationInterface {
  readonly name = 'SearchByDefinitions1764001300000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}

const UP = [
  `ALTER TABLE chunks ADD COLUMN name_words text NOT NULL DEFAULT ''`,
  'ALTER TABLE chunks DROP COLUMN search',
  `ALTER TABLE chunks ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS
     (setweight(to_tsvector('simple', name_words), 'A') || setweight(to_tsvector('simple', words), 'D')) STORED`,
  'CREATE INDEX chunks_search ON chunks USING gin (search)',
  `CREATE TABLE repository_commits (
     id uuid CONSTRAINT repository_commits_pkey PRIMARY KEY,
     repository_id uuid NOT NULL CONSTRAINT repository_commits_repository_id_fkey REFERENCES repositories (id) ON DELETE CASCADE,
     sha text NOT NULL,
     committed_at timestamptz NOT NULL,
     files integer NOT NULL,
     words text[] NOT NULL
   )`,
  'CREATE UNIQUE INDEX repository_commits_sha_key ON repository_commits (repository_id, sha)',
  `CREATE TABLE commit_files (
     commit_id uuid NOT NULL CONSTRAINT commit_files_commit_id_fkey REFERENCES repository_commits (id) ON DELETE CASCADE,
     path text NOT NULL,
     CONSTRAINT commit_files_pkey PRIMARY KEY (commit_id, path)
   )`,
  'CREATE INDEX commit_files_path ON commit_files (path)',
  `ALTER TABLE index_snapshots ADD COLUMN history uuid[] NOT NULL DEFAULT '{}'`,
];

const DOWN = [
  'ALTER TABLE index_snapshots DROP COLUMN history',
  'DROP TABLE commit_files',
  'DROP TABLE repository_commits',
  'ALTER TABLE chunks DROP COLUMN search',
  'ALTER TABLE chunks DROP COLUMN name_words',
  `ALTER TABLE chunks ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED`,
  'CREATE INDEX chunks_search ON chunks USING gin (search)',
];
