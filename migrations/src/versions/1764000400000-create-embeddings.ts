import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The index: contents by git's id, their chunks and vectors, and what each indexed commit is made of. */
export class CreateEmbeddings1764000400000 implements MigrationInterface {
  readonly name = 'CreateEmbeddings1764000400000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = ['snapshot_files', 'index_snapshots', 'chunk_embeddings', 'chunks', 'blobs'];

const UP = [
  `CREATE TABLE blobs (
     id uuid CONSTRAINT blobs_pkey PRIMARY KEY,
     oid text NOT NULL,
     name text NOT NULL,
     recipe text NOT NULL,
     tokens integer NOT NULL,
     chunks integer NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  'CREATE UNIQUE INDEX blobs_content_key ON blobs (oid, name, recipe)',
  `CREATE TABLE chunks (
     id uuid CONSTRAINT chunks_pkey PRIMARY KEY,
     blob_id uuid NOT NULL CONSTRAINT chunks_blob_id_fkey REFERENCES blobs (id) ON DELETE CASCADE,
     start_line integer NOT NULL,
     end_line integer NOT NULL,
     symbol text,
     kind text NOT NULL CONSTRAINT chunks_kind_check CHECK (kind IN ('definition', 'lines', 'section')),
     text text NOT NULL,
     words text NOT NULL,
     search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED
   )`,
  'CREATE INDEX chunks_blob_id ON chunks (blob_id, start_line)',
  'CREATE INDEX chunks_search ON chunks USING gin (search)',
  `CREATE TABLE chunk_embeddings (
     chunk_id uuid CONSTRAINT chunk_embeddings_pkey PRIMARY KEY
       CONSTRAINT chunk_embeddings_chunk_id_fkey REFERENCES chunks (id) ON DELETE CASCADE,
     embedding vector(384) NOT NULL
   )`,
  'CREATE INDEX chunk_embeddings_embedding ON chunk_embeddings USING hnsw (embedding vector_cosine_ops)',
  `CREATE TABLE index_snapshots (
     id uuid CONSTRAINT index_snapshots_pkey PRIMARY KEY,
     repository_id uuid NOT NULL CONSTRAINT index_snapshots_repository_id_fkey REFERENCES repositories (id) ON DELETE CASCADE,
     branch text NOT NULL,
     commit_sha text NOT NULL,
     status text NOT NULL DEFAULT 'queued' CONSTRAINT index_snapshots_status_check
       CHECK (status IN ('queued', 'running', 'ready', 'failed')),
     files_total integer NOT NULL DEFAULT 0,
     files_indexed integer NOT NULL DEFAULT 0,
     files_skipped integer NOT NULL DEFAULT 0,
     chunks integer NOT NULL DEFAULT 0,
     progress double precision NOT NULL DEFAULT 0,
     eta_seconds integer,
     behind integer,
     error_code text,
     error_detail text,
     requested_by uuid CONSTRAINT index_snapshots_requested_by_fkey REFERENCES users (id) ON DELETE SET NULL,
     requested_at timestamptz NOT NULL DEFAULT now(),
     started_at timestamptz,
     finished_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT now(),
     run_after timestamptz NOT NULL DEFAULT now(),
     lease_until timestamptz,
     fence integer NOT NULL DEFAULT 0,
     attempts integer NOT NULL DEFAULT 0
   )`,
  'CREATE UNIQUE INDEX index_snapshots_commit_key ON index_snapshots (repository_id, branch, commit_sha)',
  'CREATE INDEX index_snapshots_requested_by ON index_snapshots (requested_by)',
  `CREATE INDEX index_snapshots_due ON index_snapshots (run_after) WHERE status IN ('queued', 'running')`,
  `CREATE TABLE snapshot_files (
     snapshot_id uuid NOT NULL CONSTRAINT snapshot_files_snapshot_id_fkey REFERENCES index_snapshots (id) ON DELETE CASCADE,
     path text NOT NULL,
     blob_id uuid CONSTRAINT snapshot_files_blob_id_fkey REFERENCES blobs (id) ON DELETE RESTRICT,
     size integer NOT NULL,
     skip_reason text,
     language text,
     category text NOT NULL,
     words text NOT NULL,
     search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED,
     CONSTRAINT snapshot_files_pkey PRIMARY KEY (snapshot_id, path),
     CONSTRAINT snapshot_files_outcome_check CHECK ((blob_id IS NULL) <> (skip_reason IS NULL))
   )`,
  'CREATE INDEX snapshot_files_blob_id ON snapshot_files (blob_id)',
];
