import { type Stack, startStack } from '../support/index.js';
import { counts, fill, id, losses } from './filled.js';

describe('what goes with a row that is deleted, and what stays', () => {
  let stack: Stack;
  let before: Record<string, number>;
  beforeEach(async () => {
    stack = await startStack();
    await fill(stack);
    before = await counts(stack);
  });
  afterEach(() => stack.stop());

  const remove = (table: string, key: string): Promise<unknown> =>
    stack.sql(`DELETE FROM ${table} WHERE id = $1`, [key]);

  it('every table has rows to lose', () => {
    const empty = Object.entries(before).filter(([, n]) => n === 0);
    expect(empty.map(([name]) => name).sort()).toEqual([
      'ai_models',
      'audit_checkpoints',
      'audit_entries',
      'audit_forwarding',
      'github_installations',
      'login_claims',
      'oauth_transactions',
      'outbox',
      'webhook_deliveries',
    ]);
  });

  it('a session: its own conversation, drafts and solves, nobody else’s; the index and the pull request stay', async () => {
    await remove('sessions', id('session', 1));
    expect(losses(before, await counts(stack))).toEqual({
      sessions: 1,
      session_members: 2,
      messages: 2,
      message_citations: 1,
      message_cards: 1,
      message_attachments: 1,
      condensations: 1,
      attachments: 1,
      context_cards: 1,
      issues: 1,
      issue_sources: 1,
      issue_revisions: 1,
      publish_intents: 1,
      solves: 1,
      solve_candidates: 1,
      solve_events: 1,
      solve_checkpoints: 1,
      evaluations: 1,
      evaluation_cases: 1,
    });
    const [pull] = await stack.sql<{ solve_id: string | null }>('SELECT solve_id FROM pull_requests WHERE id = $1', [
      id('pull', 1),
    ]);
    expect(pull).toEqual({ solve_id: null });
  });

  it('a card: itself and its place in messages; an issue made from it forgets it', async () => {
    await remove('context_cards', id('card', 1));
    expect(losses(before, await counts(stack))).toEqual({ context_cards: 1, message_cards: 1 });
    const sources = await stack.sql('SELECT card_id, message_id FROM issue_sources WHERE issue_id = $1', [
      id('issue', 1),
    ]);
    expect(sources).toEqual([{ card_id: null, message_id: id('message', 10) }]);
  });

  it('a user: their ways in and their own sessions; what they said in other people’s stays, without a name', async () => {
    await remove('users', id('user', 1));
    const after = await counts(stack);
    const own = { users: 1, logins: 1, api_tokens: 1, github_tokens: 1, idempotency_keys: 1 };
    const usage = { usage_ledger: 1, usage_reservations: 1 };
    expect(losses(before, after)).toMatchObject({
      ...own,
      ...usage,
      repository_permissions: 1,
      sessions: 1,
      session_members: 3,
    });
    expect(after).toMatchObject({ messages: 2, context_cards: 1, issues: 1, solves: 1, pull_requests: 2, blobs: 1 });
    const said = await stack.sql('SELECT text, author_id FROM messages ORDER BY id');
    expect(said).toEqual([
      { text: 'question', author_id: null },
      { text: 'another', author_id: id('user', 2) },
    ]);
  });

  it('a message: the branch that goes on from it, and what refers to it forgets it', async () => {
    await remove('messages', id('message', 10));
    expect(losses(before, await counts(stack))).toEqual({
      messages: 2,
      message_citations: 1,
      message_cards: 1,
      message_attachments: 1,
      condensations: 1,
    });
    const [session] = await stack.sql('SELECT active_leaf_id FROM sessions WHERE id = $1', [id('session', 1)]);
    expect(session).toEqual({ active_leaf_id: null });
  });

  it('a content that an index still names cannot go', async () => {
    await expect(remove('blobs', id('blob', 1))).rejects.toThrow(/snapshot_files/);
    await remove('index_snapshots', id('snapshot', 1));
    await remove('blobs', id('blob', 1));
    expect(losses(before, await counts(stack))).toEqual({
      index_snapshots: 1,
      snapshot_files: 1,
      blobs: 1,
      chunks: 1,
    });
  });

  it('a text that a chunk still has cannot go', async () => {
    await expect(remove('text_embeddings', id('text', 1))).rejects.toThrow(/chunks/);
  });

  it('an audit entry does not go at all', async () => {
    await stack.sql(
      `INSERT INTO audit_entries (seq, id, at, actor_type, action, target_type, result, via, details, prev_hash, hash)
       VALUES (1, $1, now(), 'user', 'test', 'test', 'ok', 'cookie', '{}', '', '')`,
      [id('other', 1)],
    );
    await expect(stack.sql('DELETE FROM audit_entries')).rejects.toThrow('audit_entries is append-only');
    await expect(stack.sql('UPDATE audit_entries SET actor_login = null')).rejects.toThrow('append-only');
    await expect(stack.sql('TRUNCATE audit_entries')).rejects.toThrow('append-only');
  });
});
