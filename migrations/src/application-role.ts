import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';

const ROUNDS = 4_096;
const LENGTH = 32;

/**
 * The rights of the role that the product signs in with: it reads and writes rows, changes no table, and can neither change
 * nor remove an entry of the audit but by two functions: one gives an entry its place in the chain once, one lets go of months
 * that the owner no longer keeps. The role is made where it is missing, with the URL's name and password.
 * @param applicationUrl the DATABASE_URL of the product
 * @returns the role's name
 * @throws where the URL has no password, or names the role that owns the schema
 */
export async function grantApplicationRole(source: DataSource, applicationUrl: string): Promise<string> {
  const { username, password } = new URL(applicationUrl);
  const role = decodeURIComponent(username);
  if (role === '' || password === '') throw new Error('APPLICATION_DATABASE_URL needs a user and a password.');
  await source.transaction(async (tx) => {
    const [state] = await tx.query<{ owner: string; known: boolean; name: string }[]>(
      `SELECT current_user AS owner, quote_ident($1::text) AS name,
              EXISTS (SELECT FROM pg_roles WHERE rolname = $1::text) AS known`,
      [role],
    );
    if (!state || state.owner === role) {
      throw new Error(
        'APPLICATION_DATABASE_URL and DATABASE_URL must name two roles: one uses the schema, one owns it.',
      );
    }
    const { known, name } = state;
    const verifier = scramVerifier(decodeURIComponent(password));
    await tx.query(`${known ? 'ALTER' : 'CREATE'} ROLE ${name} LOGIN PASSWORD '${verifier}'`);
    for (const grant of [
      `GRANT USAGE ON SCHEMA public TO ${name}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`,
      `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name}`,
      `REVOKE UPDATE, DELETE ON audit_entries FROM ${name}`,
      `REVOKE INSERT, UPDATE, DELETE ON audit_head, audit_checkpoints FROM ${name}`,
      `GRANT EXECUTE ON FUNCTION audit_seal(bigint, text, uuid[], text[]) TO ${name}`,
      `GRANT EXECUTE ON FUNCTION audit_retire(bigint, text, text, timestamptz, text) TO ${name}`,
      `REVOKE INSERT, UPDATE, DELETE ON schema_migrations FROM ${name}`,
    ]) {
      await tx.query(grant);
    }
  });
  return role;
}

/** What PostgreSQL keeps of a password (RFC 5803), so that the password itself is in no statement that a server may log. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ROUNDS, LENGTH, 'sha256');
  const keyed = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ROUNDS}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}
