import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The older part of a conversation in fewer words; what of a prompt had no room when an answer was written. */
export class CondenseConversations1764001800000 implements MigrationInterface {
  readonly name = 'CondenseConversations1764001800000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}

const UP = [
  `CREATE TABLE condensations (
     id uuid CONSTRAINT condensations_pkey PRIMARY KEY,
     session_id uuid NOT NULL CONSTRAINT condensations_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
     through_id uuid NOT NULL CONSTRAINT condensations_through_id_fkey REFERENCES messages (id) ON DELETE CASCADE,
     digest text NOT NULL,
     message_count integer NOT NULL,
     whole_tokens integer NOT NULL DEFAULT 0,
     status text NOT NULL DEFAULT 'queued' CONSTRAINT condensations_status_check
       CHECK (status IN ('queued', 'done', 'failed')),
     text text NOT NULL DEFAULT '',
     dropped boolean NOT NULL DEFAULT false,
     after_id uuid CONSTRAINT condensations_after_id_fkey REFERENCES messages (id) ON DELETE SET NULL,
     requested_by uuid CONSTRAINT condensations_requested_by_fkey REFERENCES users (id) ON DELETE SET NULL,
     model text,
     prompt_tokens integer NOT NULL DEFAULT 0,
     completion_tokens integer NOT NULL DEFAULT 0,
     cost_usd double precision NOT NULL DEFAULT 0,
     error jsonb,
     created_at timestamptz NOT NULL DEFAULT now(),
     run_after timestamptz NOT NULL DEFAULT now(),
     lease_until timestamptz,
     fence integer NOT NULL DEFAULT 0,
     attempts integer NOT NULL DEFAULT 0
   )`,
  'CREATE INDEX condensations_session_id ON condensations (session_id)',
  'CREATE INDEX condensations_after_id ON condensations (after_id)',
  'CREATE INDEX condensations_requested_by ON condensations (requested_by)',
  'CREATE UNIQUE INDEX condensations_messages_key ON condensations (through_id, digest)',
  `CREATE INDEX condensations_due ON condensations (run_after) WHERE status = 'queued'`,
  'ALTER TABLE messages ADD COLUMN left_out jsonb',
];

const DOWN = ['ALTER TABLE messages DROP COLUMN left_out', 'DROP TABLE condensations'];
