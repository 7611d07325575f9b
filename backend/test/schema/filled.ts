import type { Stack } from '../support/index.js';

/** Ids that say what they are: `id('session', 1)` */
const KINDS = ['user', 'repository', 'session', 'message', 'card', 'attachment', 'issue', 'intent', 'solve'] as const;
export type Kind = (typeof KINDS)[number] | 'pull' | 'blob' | 'chunk' | 'snapshot' | 'other' | 'text';

export function id(kind: Kind, n: number): string {
  const prefix = [...KINDS, 'pull', 'blob', 'chunk', 'snapshot', 'other', 'text'].indexOf(kind) + 1;
  return `0000000${prefix.toString(16)}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Rows that hold nothing but their keys and what must not be empty. */
type Row = Readonly<Record<string, unknown>>;

async function insert({ sql }: Stack, table: string, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row);
    const places = names.map((_name, index) => `$${index + 1}`);
    await sql(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`, Object.values(row));
  }
}

const someTime = new Date('2030-01-01T00:00:00Z');

/** Two people and a session of each, every table filled: session 1 belongs to user 1, session 2 to user 2, and each is a member of both. */
export async function fill(stack: Stack): Promise<void> {
  await insert(
    stack,
    'users',
    [1, 2].map((n) => ({ id: id('user', n), github_id: n, login: `user${n}`, role: 'member' })),
  );
  await fillWaysIn(stack);
  await fillRepository(stack);
  for (const n of [1, 2]) await fillSession(stack, n);
}

async function fillWaysIn(stack: Stack): Promise<void> {
  for (const n of [1, 2]) {
    const [user_id, expires_at, created_at] = [id('user', n), someTime, someTime];
    const common = { id: id('other', n), user_id, token_hash: `hash ${n}`, expires_at, created_at };
    await insert(stack, 'logins', [{ ...common, last_used_at: someTime }]);
    await insert(stack, 'api_tokens', [{ ...common, name: 'token', scopes: ['read'] }]);
    await insert(stack, 'github_tokens', [{ id: id('other', n), user_id, key_id: 'key', access_token: 'sealed' }]);
    await insert(stack, 'usage_ledger', [{ id: id('other', n), user_id, kind: 'chat', tokens: 1, cost_usd: 0 }]);
    const held = { id: id('other', n), user_id, kind: 'chat', tokens: 1, cost_usd: 0, lease_until: someTime };
    await insert(stack, 'usage_reservations', [held]);
    await insert(stack, 'usage_days', [{ subject: user_id, day: '2026-01-01', tokens: 1, cost_usd: 0 }]);
    await insert(stack, 'budgets', [{ subject: user_id }]);
    await insert(stack, 'idempotency_keys', [{ user_id, key: 'key', request_hash: 'hash', lease_until: someTime }]);
  }
}

async function fillRepository(stack: Stack): Promise<void> {
  const repository_id = id('repository', 1);
  const facts = { owner: 'acme', name: 'todo-api', private: false, archived: false, default_branch: 'main' };
  await insert(stack, 'repositories', [{ id: repository_id, github_id: 1, ...facts }]);
  for (const n of [1, 2]) {
    await insert(stack, 'repository_permissions', [
      { user_id: id('user', n), repository_id, permission: 'write', expires_at: someTime },
    ]);
  }
  await insert(stack, 'github_issues', [
    { repository_id, number: 1, github_id: 1, title: 'Bug', state: 'open', updated_at: someTime },
  ]);
  const commit = { id: id('other', 3), repository_id, sha: 'sha', committed_at: someTime, files: 1, words: ['bug'] };
  await insert(stack, 'repository_commits', [commit]);
  await insert(stack, 'commit_files', [{ commit_id: commit.id, path: 'a.ts', via: commit.id }]);
  await insert(stack, 'blobs', [{ id: id('blob', 1), oid: 'oid', name: 'a.ts', recipe: 'r', tokens: 1, chunks: 1 }]);
  const embedding = `[${Array.from({ length: 384 }, () => 1).join(',')}]`;
  await insert(stack, 'text_embeddings', [{ id: id('text', 1), model: 'm', text_hash: Buffer.alloc(32), embedding }]);
  const lines = { start_line: 1, end_line: 2, kind: 'lines', text: 't', words: 't' };
  await insert(stack, 'chunks', [
    { id: id('chunk', 1), blob_id: id('blob', 1), embedding_id: id('text', 1), ...lines },
  ]);
  await insert(stack, 'index_snapshots', [
    {
      id: id('snapshot', 1),
      repository_id,
      branch: 'main',
      commit_sha: 'sha',
      recipe: 'r',
      status: 'ready',
      requested_by: id('user', 1),
    },
  ]);
  await insert(stack, 'snapshot_files', [
    { snapshot_id: id('snapshot', 1), path: 'a.ts', blob_id: id('blob', 1), size: 1, category: 'code', words: 'a' },
  ]);
}

async function fillSession(stack: Stack, n: number): Promise<void> {
  const [session_id, owner_id] = [id('session', n), id('user', n)];
  await insert(stack, 'sessions', [
    {
      id: session_id,
      owner_id,
      repository_id: id('repository', 1),
      branch: 'main',
      title: 'Talk',
      expires_at: someTime,
    },
  ]);
  for (const user of [1, 2]) {
    const role = user === n ? 'owner' : 'editor';
    await insert(stack, 'session_members', [{ session_id, user_id: id('user', user), role }]);
  }
  // Each has said something in each session.
  const [first, second] = [id('message', 10 * n), id('message', 10 * n + 1)];
  await insert(stack, 'messages', [
    { id: first, session_id, role: 'user', text: 'question', author_id: id('user', 1) },
    { id: second, session_id, parent_id: first, role: 'user', text: 'another', author_id: id('user', 2) },
  ]);
  await stack.sql('UPDATE sessions SET active_leaf_id = $2 WHERE id = $1', [session_id, second]);
  await insert(stack, 'message_citations', [
    {
      message_id: first,
      ordinal: 1,
      path: 'a.ts',
      start_line: 1,
      end_line: 2,
      commit_sha: 'sha',
      score: 1,
      verified: true,
    },
  ]);
  const file = { name: 'a.txt', media_type: 'text/plain', size: 1, sha256: 'sha', content: 'x' };
  await insert(stack, 'attachments', [{ id: id('attachment', n), session_id, created_by: id('user', 2), ...file }]);
  const card = { title: 'Card', description: '', content: 'x', source: 'chat', tokens: 1, message_id: first };
  await insert(stack, 'context_cards', [
    { id: id('card', n), session_id, created_by: id('user', 1), attachment_id: id('attachment', n), ...card },
  ]);
  await insert(stack, 'message_cards', [{ message_id: first, card_id: id('card', n) }]);
  await insert(stack, 'message_attachments', [{ message_id: first, attachment_id: id('attachment', n) }]);
  await insert(stack, 'condensations', [
    {
      ...{ id: id('other', n), session_id, through_id: first, after_id: second, digest: 'digest', message_count: 1 },
      requested_by: id('user', 1),
    },
  ]);
  await fillIssue(stack, n, first);
  await insert(stack, 'evaluations', [
    {
      id: id('other', n),
      session_id,
      repository_id: id('repository', 1),
      branch: 'main',
      commit_sha: 'sha',
      status: 'done',
      requested_by: id('user', 1),
      snapshot_id: id('snapshot', 1),
    },
  ]);
  const found = { source: 'issue', number: 1, title: 'Bug', commit_sha: 'sha', fixed_at: someTime };
  await insert(stack, 'evaluation_cases', [{ evaluation_id: id('other', n), position: 1, ...found, gold: ['a.ts'] }]);
}

async function fillIssue(stack: Stack, n: number, message_id: string): Promise<void> {
  const [issue_id, solve_id] = [id('issue', n), id('solve', n)];
  const content = { title: 'Bug', body: 'Body', labels: [], assignees: [] };
  const asked = { session_id: id('session', n), requested_by: id('user', 1) };
  await insert(stack, 'issues', [{ id: issue_id, created_by: id('user', 1), ...asked, acceptance: [], ...content }]);
  await insert(stack, 'issue_sources', [{ issue_id, ordinal: 1, message_id, card_id: id('card', n) }]);
  await insert(stack, 'issue_revisions', [
    { issue_id, n: 1, origin: 'model', author_id: id('user', 1), acceptance: [], ...content },
  ]);
  await insert(stack, 'publish_intents', [{ id: id('intent', n), issue_id, requested_by: id('user', 1), ...content }]);
  const limits = { limit_steps: 1, limit_minutes: 1, limit_cost_usd: 1 };
  await insert(stack, 'solves', [{ id: solve_id, issue_id, ...asked, model: 'm', ...limits }]);
  await insert(stack, 'solve_candidates', [{ solve_id, n: 1 }]);
  await insert(stack, 'solve_events', [{ solve_id, seq: 1, type: 'status', data: {} }]);
  await insert(stack, 'solve_checkpoints', [{ solve_id, candidate: 1, step: 1, messages: '[]', patch: '' }]);
  const request = { head: 'yudai/1', base: 'main', title: 'Fix', body: '', draft: false, requested_by: id('user', 1) };
  await insert(stack, 'pull_requests', [
    { id: id('pull', n), repository_id: id('repository', 1), solve_id, ...request },
  ]);
}

/** How many rows each table has. */
export async function counts({ sql }: Stack): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await sql<{ n: string }>(`SELECT count(*) AS n FROM ${name}`);
    found[name] = Number(row?.n);
  }
  return found;
}

/** The tables that have lost rows, and how many. */
export function losses(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  const lost = Object.entries(before).map(([name, n]) => [name, n - (after[name] ?? 0)] as const);
  return Object.fromEntries(lost.filter(([, n]) => n !== 0));
}
