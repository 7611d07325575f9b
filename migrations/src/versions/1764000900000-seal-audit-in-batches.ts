import type { MigrationInterface, QueryRunner } from 'typeorm';

const CONTENT =
  'id, at, actor_type, actor_id, actor_login, actor_role, action, target_type, target_id, target_name, result, reason, ' +
  'repository, via, request_id, ip, user_agent, details';

/**
 * An act writes its entry without waiting for another's; `seq`, `prev_hash` and `hash` are filled in afterwards, in batches, by
 * a function of the schema's owner, so that the product's own role needs no right to change the chain. Old months can leave by
 * another such function, which goes by the owner's setting `keep_months`.
 */
export class SealAuditInBatches1764000900000 implements MigrationInterface {
  readonly name = 'SealAuditInBatches1764000900000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...ENTRIES, ...CHECKPOINTS, ...TRIGGERS, ...FUNCTIONS, FORWARDING]) {
      await queryRunner.query(statement);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of BACK) await queryRunner.query(statement);
  }
}

const ENTRIES = [
  'ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_pkey',
  'ALTER TABLE audit_entries ALTER COLUMN seq DROP NOT NULL',
  'DROP INDEX audit_entries_id_key',
  'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (id)',
  'CREATE UNIQUE INDEX audit_entries_seq ON audit_entries (seq)',
  'CREATE INDEX audit_entries_unsealed ON audit_entries (id) WHERE seq IS NULL',
  'DROP INDEX audit_entries_at',
  'CREATE INDEX audit_entries_at ON audit_entries (at, seq)',
  'CREATE INDEX audit_entries_target_name ON audit_entries (target_name, seq)',
  'CREATE INDEX audit_entries_target_type ON audit_entries (target_type, seq)',
  "CREATE INDEX audit_entries_unusual ON audit_entries (result, seq) WHERE result <> 'ok'",
  'ALTER TABLE audit_head ADD COLUMN keep_months smallint CONSTRAINT audit_head_keep_months CHECK (keep_months >= 1)',
];

const CHECKPOINTS = [
  `CREATE TABLE audit_checkpoints (
     seq bigint CONSTRAINT audit_checkpoints_pkey PRIMARY KEY,
     hash text NOT NULL,
     at timestamptz(3) NOT NULL,
     archive text NOT NULL,
     sha256 text NOT NULL,
     seal text NOT NULL
   )`,
];

const TRIGGERS = [
  'DROP TRIGGER audit_entries_no_change ON audit_entries',
  `CREATE TRIGGER audit_entries_no_edit BEFORE UPDATE OF ${CONTENT} ON audit_entries
     FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse_change()`,
  `CREATE TRIGGER audit_entries_no_second_seal BEFORE UPDATE ON audit_entries
     FOR EACH ROW WHEN (OLD.seq IS NOT NULL) EXECUTE FUNCTION audit_entries_refuse_change()`,
  `CREATE FUNCTION audit_entries_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF EXISTS (SELECT FROM public.audit_checkpoints c WHERE c.seq >= OLD.seq) THEN RETURN OLD; END IF;
     RAISE EXCEPTION 'audit_entries is append-only' USING ERRCODE = 'insufficient_privilege';
   END $$`,
  `CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
     FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse_delete()`,
];

const FUNCTIONS = [
  // False where the chain has grown in the meantime: the hashes were made for another place.
  `CREATE FUNCTION audit_seal(after_seq bigint, after_hash text, ids uuid[], hashes text[]) RETURNS boolean
   LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   DECLARE sealed bigint;
   BEGIN
     UPDATE public.audit_head SET seq = after_seq + cardinality(ids), hash = hashes[cardinality(hashes)]
      WHERE id = 1 AND seq = after_seq AND hash = after_hash;
     IF NOT FOUND THEN RETURN false; END IF;
     UPDATE public.audit_entries e SET seq = after_seq + s.place, prev_hash = s.previous, hash = s.hash
       FROM (SELECT u.id, u.hash, u.place, coalesce(lag(u.hash) OVER (ORDER BY u.place), after_hash) AS previous
               FROM unnest(ids, hashes) WITH ORDINALITY u (id, hash, place)) s
      WHERE e.id = s.id AND e.seq IS NULL;
     GET DIAGNOSTICS sealed = ROW_COUNT;
     IF sealed <> cardinality(ids) OR sealed <> cardinality(hashes) THEN
       RAISE EXCEPTION 'audit_seal: % entries were to be sealed, not %', cardinality(ids), sealed;
     END IF;
     RETURN true;
   END $$`,
  `CREATE FUNCTION audit_retire(last_seq bigint, archive text, sha256 text, made_at timestamptz, seal text) RETURNS bigint
   LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   DECLARE
     months smallint;
     kept_from timestamptz;
     last_hash text;
     gone bigint;
   BEGIN
     SELECT keep_months INTO months FROM public.audit_head WHERE id = 1;
     IF months IS NULL THEN
       RAISE EXCEPTION 'audit_retire: every entry is kept' USING ERRCODE = 'insufficient_privilege';
     END IF;
     kept_from := (date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => months)) AT TIME ZONE 'UTC';
     IF EXISTS (SELECT FROM public.audit_entries WHERE seq <= last_seq AND at >= kept_from) THEN
       RAISE EXCEPTION 'audit_retire: too young' USING ERRCODE = 'insufficient_privilege';
     END IF;
     SELECT hash INTO STRICT last_hash FROM public.audit_entries WHERE seq = last_seq;
     INSERT INTO public.audit_checkpoints VALUES (last_seq, last_hash, made_at, archive, sha256, seal);
     DELETE FROM public.audit_entries WHERE seq <= last_seq;
     GET DIAGNOSTICS gone = ROW_COUNT;
     RETURN gone;
   END $$`,
  'REVOKE ALL ON FUNCTION audit_seal(bigint, text, uuid[], text[]) FROM PUBLIC',
  'REVOKE ALL ON FUNCTION audit_retire(bigint, text, text, timestamptz, text) FROM PUBLIC',
];

const FORWARDING = `
  CREATE TABLE audit_forwarding (
    id text CONSTRAINT audit_forwarding_pkey PRIMARY KEY,
    seq bigint NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    run_after timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz,
    fence integer NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0
  )`;

const BACK = [
  'DROP TABLE audit_forwarding',
  'DROP FUNCTION audit_retire(bigint, text, text, timestamptz, text)',
  'DROP FUNCTION audit_seal(bigint, text, uuid[], text[])',
  'DROP TRIGGER audit_entries_no_delete ON audit_entries',
  'DROP FUNCTION audit_entries_refuse_delete()',
  'DROP TRIGGER audit_entries_no_second_seal ON audit_entries',
  'DROP TRIGGER audit_entries_no_edit ON audit_entries',
  `CREATE TRIGGER audit_entries_no_change BEFORE UPDATE OR DELETE ON audit_entries
     FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse_change()`,
  'DROP TABLE audit_checkpoints',
  'ALTER TABLE audit_head DROP COLUMN keep_months',
  'DROP INDEX audit_entries_unusual, audit_entries_target_type, audit_entries_target_name, audit_entries_at',
  'CREATE INDEX audit_entries_at ON audit_entries (at)',
  'DROP INDEX audit_entries_unsealed, audit_entries_seq',
  'ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_pkey',
  'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (seq)',
  'CREATE UNIQUE INDEX audit_entries_id_key ON audit_entries (id)',
];
