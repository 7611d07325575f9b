import type { Stack } from '../support/index.js';

/** What requests of the matrix may change, in the order in which the rows need each other. */
const TABLES = [
  ...['users', 'logins', 'api_tokens', 'repository_permissions', 'sessions', 'session_members', 'messages'],
  ...['context_cards', 'issues', 'issue_revisions', 'solves', 'solve_candidates', 'evaluations'],
];

/** @returns what puts the rows of these tables back as they are now, be they changed, gone or added. */
export async function snapshotOf({ sql }: Stack): Promise<() => Promise<void>> {
  const kept = new Map<string, string>();
  for (const table of TABLES) {
    const [row] = await sql<{ rows: unknown }>(`SELECT coalesce(json_agg(t), '[]') AS rows FROM ${table} t`);
    kept.set(table, JSON.stringify(row?.rows ?? []));
  }
  return async () => {
    for (const table of TABLES.toReversed()) {
      const { key } = await columnsOf(table);
      await sql(
        `DELETE FROM ${table} WHERE (${key}) NOT IN (SELECT ${key} FROM json_populate_recordset(NULL::${table}, $1::json))`,
        [kept.get(table)],
      );
    }
    for (const table of TABLES) {
      const { key, all } = await columnsOf(table);
      await sql(
        `INSERT INTO ${table} (${all.join(', ')}) SELECT ${all.join(', ')} FROM json_populate_recordset(NULL::${table}, $1::json)
         ON CONFLICT (${key}) DO UPDATE SET ${all.map((name) => `${name} = excluded.${name}`).join(', ')}`,
        [kept.get(table)],
      );
    }
  };

  async function columnsOf(table: string): Promise<{ key: string; all: string[] }> {
    const known = cache.get(table);
    if (known) return known;
    const rows = await sql<{ name: string; is_key: boolean }>(
      `SELECT a.attname AS name, a.attnum = ANY(i.indkey) AS is_key
         FROM pg_attribute a JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
        WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''`,
      [table],
    );
    const found = {
      key: rows
        .filter(({ is_key: isKey }) => isKey)
        .map(({ name }) => name)
        .join(', '),
      all: rows.map(({ name }) => name),
    };
    cache.set(table, found);
    return found;
  }
}

const cache = new Map<string, { key: string; all: string[] }>();
