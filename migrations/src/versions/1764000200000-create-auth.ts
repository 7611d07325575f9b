import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their ways in, what GitHub lets us do for them, what they used, and the answers kept for repeated requests. */
export class CreateAuth1764000200000 implements MigrationInterface {
  readonly name = 'CreateAuth1764000200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createUsers(queryRunner);
    await createWaysIn(queryRunner);
    await queryRunner.query(`
      CREATE TABLE github_tokens (
        id uuid CONSTRAINT github_tokens_pkey PRIMARY KEY,
        user_id uuid NOT NULL CONSTRAINT github_tokens_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        key_id text NOT NULL,
        access_token text NOT NULL,
        refresh_token text,
        expires_at timestamptz,
        refresh_expires_at timestamptz,
        updated_at timestamptz NOT NULL DEFAULT now(),
        lease_until timestamptz,
        fence integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0
      )`);
    await queryRunner.query('CREATE UNIQUE INDEX github_tokens_user_id_key ON github_tokens (user_id)');
    await queryRunner.query(`
      CREATE TABLE usage_ledger (
        id uuid CONSTRAINT usage_ledger_pkey PRIMARY KEY,
        user_id uuid NOT NULL CONSTRAINT usage_ledger_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        kind text NOT NULL,
        tokens bigint NOT NULL,
        cost_usd numeric(14,6) NOT NULL,
        ref uuid,
        at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query('CREATE INDEX usage_ledger_user_id_at ON usage_ledger (user_id, at)');
    await queryRunner.query('CREATE INDEX usage_ledger_at ON usage_ledger (at)');
    await queryRunner.query(`
      CREATE TABLE idempotency_keys (
        user_id uuid NOT NULL CONSTRAINT idempotency_keys_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        key text NOT NULL,
        request_hash text NOT NULL,
        status integer,
        answer jsonb,
        lease_until timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key)
      )`);
    await queryRunner.query('CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP TABLE idempotency_keys, usage_ledger, github_tokens, oauth_transactions, api_tokens, logins',
    );
    await queryRunner.query('DROP TABLE login_claims, users');
  }
}

async function createUsers(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE users (
      id uuid CONSTRAINT users_pkey PRIMARY KEY,
      github_id bigint NOT NULL,
      login text NOT NULL,
      name text,
      avatar_url text,
      email text,
      role text NOT NULL,
      disabled_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_sign_in_at timestamptz NOT NULL DEFAULT now()
    )`);
  await queryRunner.query('CREATE UNIQUE INDEX users_github_id_key ON users (github_id)');
  await queryRunner.query('CREATE INDEX users_login_trgm ON users USING gin (login gin_trgm_ops)');
  await queryRunner.query('CREATE INDEX users_name_trgm ON users USING gin (name gin_trgm_ops)');
  await queryRunner.query(`
    CREATE TABLE login_claims (
      kind text NOT NULL,
      login text NOT NULL,
      github_id bigint NOT NULL,
      claimed_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT login_claims_pkey PRIMARY KEY (kind, login)
    )`);
}

async function createWaysIn(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE logins (
      id uuid CONSTRAINT logins_pkey PRIMARY KEY,
      user_id uuid NOT NULL CONSTRAINT logins_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
      token_hash text NOT NULL,
      ip text,
      user_agent text,
      created_at timestamptz NOT NULL,
      last_used_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL
    )`);
  await queryRunner.query('CREATE UNIQUE INDEX logins_token_hash_key ON logins (token_hash)');
  await queryRunner.query('CREATE INDEX logins_user_id ON logins (user_id)');
  await queryRunner.query('CREATE INDEX logins_expires_at ON logins (expires_at)');
  await queryRunner.query(`
    CREATE TABLE api_tokens (
      id uuid CONSTRAINT api_tokens_pkey PRIMARY KEY,
      user_id uuid NOT NULL CONSTRAINT api_tokens_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
      name text NOT NULL,
      token_hash text NOT NULL,
      scopes text[] NOT NULL,
      expires_at timestamptz NOT NULL,
      last_used_at timestamptz,
      created_at timestamptz NOT NULL
    )`);
  await queryRunner.query('CREATE UNIQUE INDEX api_tokens_token_hash_key ON api_tokens (token_hash)');
  await queryRunner.query('CREATE INDEX api_tokens_user_id ON api_tokens (user_id)');
  await queryRunner.query(`
    CREATE TABLE oauth_transactions (
      state_hash text CONSTRAINT oauth_transactions_pkey PRIMARY KEY,
      browser_hash text NOT NULL,
      code_verifier text NOT NULL,
      return_to text NOT NULL,
      expires_at timestamptz NOT NULL
    )`);
  await queryRunner.query('CREATE INDEX oauth_transactions_expires_at ON oauth_transactions (expires_at)');
}
