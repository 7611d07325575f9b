import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions: members, messages with their citations, cards and attachments. */
export class CreateSessions1764000500000 implements MigrationInterface {
  readonly name = 'CreateSessions1764000500000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sessions DROP CONSTRAINT sessions_active_leaf_id_fkey');
    for (const table of TABLES) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = [
  'message_attachments',
  'message_cards',
  'context_cards',
  'attachments',
  'message_citations',
  'messages',
  'session_members',
  'sessions',
];

const UP = [
  `CREATE TABLE sessions (
     id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
     owner_id uuid NOT NULL CONSTRAINT sessions_owner_id_fkey REFERENCES users (id) ON DELETE CASCADE,
     repository_id uuid NOT NULL CONSTRAINT sessions_repository_id_fkey REFERENCES repositories (id) ON DELETE CASCADE,
     branch text NOT NULL,
     title text NOT NULL,
     active_leaf_id uuid,
     archived_at timestamptz,
     last_activity_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now()
   )`,
  'CREATE INDEX sessions_owner_id ON sessions (owner_id, last_activity_at)',
  'CREATE INDEX sessions_repository_id ON sessions (repository_id, branch)',
  'CREATE INDEX sessions_active_leaf_id ON sessions (active_leaf_id)',
  'CREATE INDEX sessions_expires_at ON sessions (expires_at)',
  `CREATE TABLE session_members (
     session_id uuid NOT NULL CONSTRAINT session_members_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
     user_id uuid NOT NULL CONSTRAINT session_members_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
     role text NOT NULL CONSTRAINT session_members_role_check CHECK (role IN ('viewer', 'editor', 'owner')),
     last_activity_at timestamptz NOT NULL DEFAULT now(),
     created_at timestamptz NOT NULL DEFAULT now(),
     CONSTRAINT session_members_pkey PRIMARY KEY (session_id, user_id)
   )`,
  'CREATE INDEX session_members_user_id ON session_members (user_id, last_activity_at, session_id)',
  `CREATE TABLE messages (
     id uuid CONSTRAINT messages_pkey PRIMARY KEY,
     session_id uuid NOT NULL CONSTRAINT messages_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
     parent_id uuid CONSTRAINT messages_parent_id_fkey REFERENCES messages (id) ON DELETE CASCADE,
     client_message_id text,
     role text NOT NULL CONSTRAINT messages_role_check CHECK (role IN ('user', 'assistant', 'system')),
     text text NOT NULL,
     status text NOT NULL DEFAULT 'complete' CONSTRAINT messages_status_check
       CHECK (status IN ('complete', 'streaming', 'stopped', 'failed')),
     author_id uuid CONSTRAINT messages_author_id_fkey REFERENCES users (id) ON DELETE SET NULL,
     model text,
     prompt_tokens integer NOT NULL DEFAULT 0,
     completion_tokens integer NOT NULL DEFAULT 0,
     cost_usd double precision NOT NULL DEFAULT 0,
     retrieval_state text,
     retrieval_commit text,
     error jsonb,
     dropped boolean NOT NULL DEFAULT false,
     stop_requested_at timestamptz,
     search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED,
     created_at timestamptz NOT NULL DEFAULT now(),
     run_after timestamptz NOT NULL DEFAULT now(),
     lease_until timestamptz,
     fence integer NOT NULL DEFAULT 0,
     attempts integer NOT NULL DEFAULT 0
   )`,
  'CREATE INDEX messages_session_id ON messages (session_id, id)',
  'CREATE INDEX messages_parent_id ON messages (parent_id, id)',
  'CREATE INDEX messages_roots ON messages (session_id, id) WHERE parent_id IS NULL',
  'CREATE INDEX messages_author_id ON messages (author_id)',
  'CREATE UNIQUE INDEX messages_client_message_id_key ON messages (session_id, client_message_id)',
  'CREATE INDEX messages_search ON messages USING gin (search)',
  `CREATE INDEX messages_due ON messages (run_after) WHERE status = 'streaming'`,
  `ALTER TABLE sessions ADD CONSTRAINT sessions_active_leaf_id_fkey
     FOREIGN KEY (active_leaf_id) REFERENCES messages (id) ON DELETE SET NULL`,
  `CREATE TABLE message_citations (
     message_id uuid NOT NULL CONSTRAINT message_citations_message_id_fkey REFERENCES messages (id) ON DELETE CASCADE,
     ordinal integer NOT NULL,
     path text NOT NULL,
     start_line integer NOT NULL,
     end_line integer NOT NULL,
     commit_sha text NOT NULL,
     score double precision NOT NULL,
     verified boolean NOT NULL,
     CONSTRAINT message_citations_pkey PRIMARY KEY (message_id, ordinal)
   )`,
  `CREATE TABLE attachments (
     id uuid CONSTRAINT attachments_pkey PRIMARY KEY,
     session_id uuid NOT NULL CONSTRAINT attachments_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
     created_by uuid CONSTRAINT attachments_created_by_fkey REFERENCES users (id) ON DELETE SET NULL,
     name text NOT NULL,
     media_type text NOT NULL,
     size integer NOT NULL,
     sha256 text NOT NULL,
     content text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  'CREATE INDEX attachments_session_id ON attachments (session_id, id)',
  'CREATE INDEX attachments_created_by ON attachments (created_by)',
  `CREATE TABLE context_cards (
     id uuid CONSTRAINT context_cards_pkey PRIMARY KEY,
     session_id uuid NOT NULL CONSTRAINT context_cards_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
     title text NOT NULL,
     description text NOT NULL,
     content text NOT NULL,
     source text NOT NULL CONSTRAINT context_cards_source_check CHECK (source IN ('chat', 'file', 'upload')),
     message_id uuid CONSTRAINT context_cards_message_id_fkey REFERENCES messages (id) ON DELETE SET NULL,
     attachment_id uuid CONSTRAINT context_cards_attachment_id_fkey REFERENCES attachments (id) ON DELETE SET NULL,
     path text,
     start_line integer,
     end_line integer,
     commit_sha text,
     pinned boolean NOT NULL DEFAULT false,
     dropped boolean NOT NULL DEFAULT false,
     tokens integer NOT NULL,
     created_by uuid CONSTRAINT context_cards_created_by_fkey REFERENCES users (id) ON DELETE SET NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now()
   )`,
  'CREATE INDEX context_cards_session_id ON context_cards (session_id, id)',
  'CREATE INDEX context_cards_message_id ON context_cards (message_id)',
  'CREATE INDEX context_cards_attachment_id ON context_cards (attachment_id)',
  'CREATE INDEX context_cards_created_by ON context_cards (created_by)',
  `CREATE TABLE message_cards (
     message_id uuid NOT NULL CONSTRAINT message_cards_message_id_fkey REFERENCES messages (id) ON DELETE CASCADE,
     card_id uuid NOT NULL CONSTRAINT message_cards_card_id_fkey REFERENCES context_cards (id) ON DELETE CASCADE,
     CONSTRAINT message_cards_pkey PRIMARY KEY (message_id, card_id)
   )`,
  'CREATE INDEX message_cards_card_id ON message_cards (card_id)',
  `CREATE TABLE message_attachments (
     message_id uuid NOT NULL CONSTRAINT message_attachments_message_id_fkey REFERENCES messages (id) ON DELETE CASCADE,
     attachment_id uuid NOT NULL CONSTRAINT message_attachments_attachment_id_fkey REFERENCES attachments (id) ON DELETE CASCADE,
     CONSTRAINT message_attachments_pkey PRIMARY KEY (message_id, attachment_id)
   )`,
  'CREATE INDEX message_attachments_attachment_id ON message_attachments (attachment_id)',
];
