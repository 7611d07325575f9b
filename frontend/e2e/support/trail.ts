import pg from 'pg';
import type { Product } from './product.ts';
import type { Visitor } from './visitor.ts';
import { until } from './work.ts';

/**
 * Puts entries on the end of a product's audit trail by SQL, one a minute up to now. They carry no seals, so a
 * verification finds the first of them to be made by hand.
 */
export async function lengthenTrail(product: Product, count: number): Promise<number> {
  const client = new pg.Client({ connectionString: product.databaseUrl });
  await client.connect();
  try {
    // What was done so far is sealed a moment after it was done.
    await until(
      'the seals',
      () => client.query('SELECT FROM audit_entries WHERE seq IS NULL'),
      ({ rowCount }) => rowCount === 0,
    );
    const { rows } = await client.query<{ seq: string }>('SELECT coalesce(max(seq), 0) AS seq FROM audit_entries');
    const last = Number(rows[0]?.seq ?? 0);
    await client.query(
      `INSERT INTO audit_entries (seq, id, at, actor_type, actor_id, actor_login, actor_role, action, target_type,
         target_id, target_name, result, reason, repository, via, request_id, ip, user_agent, details, prev_hash, hash)
       SELECT $1::bigint + n, gen_random_uuid(), date_trunc('milliseconds', now() - ($2::int - n) * interval '1 minute'),
         'user', 'u' || n % 7, (ARRAY['ada', 'member', 'auditor', 'grace', 'lin', 'tomas', 'yuki'])[1 + n % 7], 'member',
         (ARRAY['message.send', 'session.create', 'issue.publish', 'solve.start', 'index.request'])[1 + n % 5],
         (ARRAY['message', 'session', 'issue', 'solve', 'session'])[1 + n % 5], NULL, 'number ' || n,
         CASE WHEN n % 50 = 0 THEN 'denied' WHEN n % 333 = 0 THEN 'error' ELSE 'ok' END, NULL, 'acme/todo-api',
         'cookie', 'request-' || n, '127.0.0.1', 'a browser', '{}'::jsonb, repeat('1', 64), repeat('2', 64)
       FROM generate_series(1, $2::int) AS n`,
      [last, count],
    );
    await client.query(`UPDATE audit_head SET seq = $1, hash = repeat('2', 64)`, [last + count]);
    return last;
  } finally {
    await client.end();
  }
}

/** Waits until the worker has kept the first seal outside of the database: before that nothing can be called intact. */
export const trailIsSealed = (visitor: Visitor): Promise<unknown> =>
  until(
    'the first seal',
    () => visitor.ask<{ intact: boolean }>('GET', '/api/audit/verify'),
    ({ intact }) => intact,
  );
