import { packagedModel, recipeOf } from '../../src/modules/embeddings/model/model.js';
import type { Stack } from '../support/index.js';

/** What the crowd is put around: a session that the api has made, so that rights and repository are real. */
export interface Model {
  readonly sessionId: string;
  readonly userId: string;
}

/** The key of the nth row of a kind, in SQL; keys rise with n as those of the product rise with time. */
export const key = (kind: number, n: string): string =>
  `('0000000${kind.toString(16)}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

export const KIND = {
  user: 1,
  session: 2,
  message: 3,
  card: 4,
  issue: 5,
  solve: 6,
  blob: 7,
  chunk: 8,
  snapshot: 9,
  job: 10,
  text: 11,
};

/** The first of the crowd's sessions; it belongs to the model's user, like every fiftieth. */
export const FIRST_SESSION = '00000002-0000-7000-8000-000000000000';

/** 1,000 sessions of 50 people with 100,000 messages, and as much of everything else as would come with them. */
export async function gather({ sql }: Stack, { sessionId, userId }: Model): Promise<void> {
  for (const statement of [...people, ...talk, ...work, ...index, ...jobs]) {
    await sql(statement.replaceAll(':model', `'${sessionId}'`).replaceAll(':me', `'${userId}'`));
  }
  await sql('VACUUM ANALYZE');
}

const { user, session, message, card, issue, solve, blob, chunk, snapshot, job, text } = KIND;

const people = [
  `INSERT INTO users (id, github_id, login, role)
     SELECT ${key(user, 'n')}, 1000000 + n, 'person' || n, 'member' FROM generate_series(1, 49) n`,
  `INSERT INTO sessions (id, owner_id, repository_id, branch, title, expires_at, last_activity_at)
     SELECT ${key(session, 'n')}, CASE WHEN n % 50 = 0 THEN :me::uuid ELSE ${key(user, 'n % 50')} END, s.repository_id,
            s.branch, 'Session ' || n, now() + interval '90 days', now() - n * interval '1 minute'
       FROM generate_series(0, 999) n, sessions s WHERE s.id = :model`,
  `INSERT INTO session_members (session_id, user_id, role, last_activity_at)
     SELECT id, owner_id, 'owner', last_activity_at FROM sessions WHERE id <> :model`,
];

const talk = [
  `INSERT INTO messages (id, session_id, parent_id, role, text, created_at)
     SELECT ${key(message, 'n')}, ${key(session, 'n / 100')}, CASE WHEN n % 100 > 0 THEN ${key(message, 'n - 1')} END,
            CASE WHEN n % 2 = 0 THEN 'user' ELSE 'assistant' END, 'What about word' || n % 997 || ' and word' || n % 13, now()
       FROM generate_series(0, 99999) n`,
  `UPDATE sessions s SET active_leaf_id = m.id FROM messages m WHERE m.session_id = s.id
     AND NOT EXISTS (SELECT 1 FROM messages c WHERE c.parent_id = m.id)`,
  `INSERT INTO message_citations (message_id, ordinal, path, start_line, end_line, commit_sha, score, verified)
     SELECT id, 1, 'a.ts', 1, 2, 'sha', 1, true FROM messages WHERE role = 'assistant'`,
  `INSERT INTO context_cards (id, session_id, title, description, content, source, tokens)
     SELECT ${key(card, 'n')}, ${key(session, 'n / 20')}, 'Card', '', 'Content', 'chat', 1 FROM generate_series(0, 19999) n`,
];

const work = [
  `INSERT INTO issues (id, session_id, status, title, body, labels, assignees, acceptance)
     SELECT ${key(issue, 'n')}, ${key(session, 'n / 10')}, 'draft', 'Issue', 'Body', '{}', '{}', '{}'
       FROM generate_series(0, 9999) n`,
  `INSERT INTO solves (id, issue_id, session_id, requested_by, status, model, limit_steps, limit_minutes, limit_cost_usd)
     SELECT ${key(solve, 'n')}, ${key(issue, 'n')}, ${key(session, 'n / 10')}, ${key(user, '1 + n % 49')}, 'failed', 'm', 1, 1, 1
       FROM generate_series(0, 9999) n`,
  `INSERT INTO solve_events (solve_id, seq, type, data)
     SELECT ${key(solve, 'n / 10')}, n % 10, 'status', '{}' FROM generate_series(0, 99999) n`,
  `INSERT INTO audit_entries (seq, id, at, actor_type, actor_id, actor_login, action, target_type, result, via, details,
                              prev_hash, hash)
     SELECT h.seq + n, ${key(job, 'n')}, now() - (100000 - n) * interval '1 minute', 'user', ${key(user, '1 + n % 49')}::text,
            'person' || 1 + n % 49, 'action.' || n % 50, 'session', 'ok', 'cookie', '{}', 'x', 'x'
       FROM generate_series(1, 100000) n, audit_head h`,
  `UPDATE audit_head SET seq = seq + 100000, hash = 'x'`,
];

/** That of the product, so that its question is asked by the same model. */
const recipe = recipeOf(packagedModel());

const index = [
  `INSERT INTO blobs (id, oid, name, recipe, tokens, chunks)
     SELECT ${key(blob, 'n')}, 'oid' || n, 'file' || n, 'r', 1, 4 FROM generate_series(0, 9999) n`,
  // Nearest neighbours are none of the crowd's business, and an index over them takes its time.
  'DROP INDEX text_embeddings_384',
  `INSERT INTO text_embeddings (id, model, text_hash, embedding)
     SELECT ${key(text, 'n')}, 'm', sha256(convert_to(n::text, 'UTF8')), array_fill(1 + n, ARRAY[384])::vector
       FROM generate_series(0, 39999) n`,
  `INSERT INTO chunks (id, blob_id, embedding_id, start_line, end_line, kind, text, words)
     SELECT ${key(chunk, 'n')}, ${key(blob, 'n / 4')}, ${key(text, 'n')}, n % 4, n % 4 + 1, 'lines', repeat('a line of code ', 80), 'word' || n % 997
       FROM generate_series(0, 39999) n`,
  `INSERT INTO index_snapshots (id, repository_id, branch, commit_sha, recipe, status, chunks)
     SELECT ${key(snapshot, 'n')}, s.repository_id, CASE n WHEN 0 THEN s.branch ELSE 'branch' || n END, 'sha' || n, '${recipe}',
            'ready', 4000
       FROM generate_series(0, 9) n, sessions s WHERE s.id = :model`,
  `INSERT INTO snapshot_files (snapshot_id, path, blob_id, size, category, words)
     SELECT ${key(snapshot, 'n / 1000')}, 'src/file' || n || '.ts', ${key(blob, 'n')}, 10, 'code', 'file' || n
       FROM generate_series(0, 9999) n`,
];

const jobs = [
  `INSERT INTO outbox (id, topic, payload, run_after)
     SELECT ${key(job, 'n')}, 'nothing', '{}', now() + interval '1 day' FROM generate_series(0, 19999) n`,
  `INSERT INTO webhook_deliveries (id, event, payload, processed_at)
     SELECT ${key(job, 'n')}, 'push', '{}', now() FROM generate_series(0, 19999) n`,
  `INSERT INTO publish_intents (id, issue_id, title, body, labels, assignees, status)
     SELECT ${key(job, 'n')}, ${key(issue, 'n')}, 'Issue', 'Body', '{}', '{}', 'recorded' FROM generate_series(0, 9999) n`,
  `INSERT INTO pull_requests (id, repository_id, head, base, title, body, draft, status)
     SELECT ${key(job, 'n')}, s.repository_id, 'h' || n, 'main', 'Fix', '', false, 'merged'
       FROM generate_series(0, 9999) n, sessions s WHERE s.id = :model`,
];
