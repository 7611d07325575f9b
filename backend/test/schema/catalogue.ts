import { Client } from 'pg';

export interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly columns: string[];
  /** As pg_constraint has it: c = cascade, n = set null, r = restrict, d = set default, a = nobody has said. */
  readonly rule: string;
}

/** Everything that a schema is made of, in PostgreSQL's own words, in a fixed order. */
export interface Catalogue {
  readonly columns: string[];
  readonly constraints: string[];
  readonly indexes: string[];
  readonly triggers: string[];
  readonly functions: string[];
}

const COLUMNS = `
  SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
         || CASE a.attgenerated WHEN 's' THEN ' generated' ELSE '' END
         || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE a.attnum > 0 AND NOT a.attisdropped`;
/** Newer servers list NOT NULL as a constraint too; the columns say it already. */
const CONSTRAINTS = `
  SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS line
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid <> 0`;
const INDEXES = `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public'`;
const TRIGGERS = `
  SELECT pg_get_triggerdef(t.oid) AS line FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
   WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace`;
/** Those of extensions belong to the extensions. */
const FUNCTIONS = `
  SELECT p.oid::regprocedure || ' ' || p.prosrc AS line FROM pg_proc p
   WHERE p.pronamespace = 'public'::regnamespace
     AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`;

export async function catalogueOf(databaseUrl: string): Promise<Catalogue> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const lines = async (query: string): Promise<string[]> => {
    const { rows } = await client.query<{ line: string }>(query);
    return rows.map(({ line }) => line).sort();
  };
  try {
    return {
      columns: await lines(COLUMNS),
      constraints: await lines(CONSTRAINTS),
      indexes: await lines(INDEXES),
      triggers: await lines(TRIGGERS),
      functions: await lines(FUNCTIONS),
    };
  } finally {
    await client.end();
  }
}

export const FOREIGN_KEYS = `
  SELECT k.conrelid::regclass::text AS "table", k.conname AS name, k.confdeltype AS rule,
         array(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(n, i)
                 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY u.i) AS columns
    FROM pg_constraint k WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace ORDER BY 1, 2`;

/** The columns of each whole index, in its order; a partial one does not find every row. */
export const INDEX_COLUMNS = `
  SELECT i.indrelid::regclass::text AS "table",
         array(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY u(n, o)
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.n ORDER BY u.o) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
   WHERE c.relnamespace = 'public'::regnamespace AND i.indpred IS NULL`;
