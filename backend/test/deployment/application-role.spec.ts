import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { onRealServers, type Stack, startStack } from '../support/index.js';
import { runsSource } from '../support/sources.js';

const DENIED = '42501';

onRealServers("the role that the product signs in with, after the migrations' last step", () => {
  const role = `yudai_app_${randomBytes(4).toString('hex')}`;
  const password = "a p%ss'word";
  let stack: Stack;
  let app: Client;

  beforeAll(async () => {
    stack = await startStack();
    const url = new URL(stack.databaseUrl);
    url.username = role;
    url.password = encodeURIComponent(password);
    for (const attempt of [1, 2]) {
      const { stdout } = await migrate({ DATABASE_URL: stack.databaseUrl, APPLICATION_DATABASE_URL: url.href });
      expect(`${attempt}: ${stdout}`).toContain(`${role} may use it`);
    }
    app = new Client({
      host: url.hostname,
      port: Number(url.port),
      user: role,
      password,
      database: url.pathname.slice(1),
    });
    await app.connect();
  });
  afterAll(async () => {
    await app.end();
    await stack.sql(`DROP OWNED BY ${role}`);
    await stack.sql(`DROP ROLE ${role}`);
    await stack.stop();
  });

  const code = (query: string): Promise<string> =>
    app.query(query).then(
      () => 'done',
      (error: unknown) => (error as { code: string }).code,
    );

  it('reads and writes every table', async () => {
    const { rows } = await app.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind = 'r'
          AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                   AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))
        ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'audit_checkpoints',
      'audit_entries',
      'audit_head',
      'schema_migrations',
    ]);
    expect(await code('SELECT count(*) FROM audit_entries')).toBe('done');
  });

  it.each([
    "UPDATE audit_entries SET result = 'ok'",
    'DELETE FROM audit_entries',
    'TRUNCATE audit_entries',
    "UPDATE audit_entries SET hash = 'x' WHERE seq IS NULL",
    "UPDATE audit_head SET seq = 0, hash = repeat('0', 64)",
    'UPDATE audit_head SET keep_months = 1',
    'DELETE FROM audit_head',
    "INSERT INTO audit_checkpoints VALUES (9, 'x', now(), 'x', 'x', 'x')",
    // By the function, as long as the owner has not said that old months may go.
    "SELECT audit_retire(1, 'x', 'x', now(), 'x')",
    'ALTER TABLE audit_entries DISABLE TRIGGER ALL',
    'DROP TABLE audit_entries',
    'DELETE FROM schema_migrations',
    'CREATE TABLE another (id int)',
    'SET session_replication_role = replica',
    'CREATE ROLE another SUPERUSER',
  ])('cannot: %s', async (query) => {
    // 42501: insufficient privilege, which is also what an owner's right that is missing answers
    expect(await code(query)).toBe(DENIED);
  });

  it('adds entries, and gives each its place in the chain once', async () => {
    const add = (id: string): string =>
      `INSERT INTO audit_entries (id, at, actor_type, action, target_type, result, via, details, prev_hash, hash)
         VALUES ('${id}', now(), 'system', 'a.b', 'c', 'ok', 'job', '{}', '', 'mark')`;
    const seal = (after: number, hash: string, id: string): string =>
      `SELECT audit_seal(${after}, '${hash}', '{${id}}', '{h${after + 1}}') AS done`;
    const [one, two] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'];
    await app.query(add(one));
    await app.query(add(two));
    const beginning = '0'.repeat(64);
    expect((await app.query(seal(0, beginning, one))).rows).toEqual([{ done: true }]);
    // Behind an end that the chain no longer has; and what is sealed already.
    expect((await app.query(seal(0, beginning, two))).rows).toEqual([{ done: false }]);
    expect(await code(seal(1, 'h1', one))).toBe('P0001');
    expect((await app.query('SELECT seq, prev_hash, hash FROM audit_entries ORDER BY seq')).rows).toEqual([
      { seq: '1', prev_hash: beginning, hash: 'h1' },
      { seq: null, prev_hash: '', hash: 'mark' },
    ]);
  });

  it('is another one than the owner', async () => {
    const both = { DATABASE_URL: stack.databaseUrl, APPLICATION_DATABASE_URL: stack.databaseUrl };
    await expect(migrate(both)).rejects.toThrow('must name two roles');
  });
});

function migrate(env: Readonly<Record<string, string>>): Promise<{ stdout: string }> {
  return promisify(execFile)(process.execPath, runsSource('migrations/src/run.ts'), {
    env: { ...process.env, ...env },
  });
}
