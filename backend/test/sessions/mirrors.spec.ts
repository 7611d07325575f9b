import { existsSync } from 'node:fs';
import { cp, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnWorker, type ApiClient, waitFor } from '../support/index.js';
import { openSession, readSession, startWorkspace, type Workspace } from './workspace.js';

describe('the source of a repository on the disk of the server', () => {
  let workspace: Workspace;
  let member: ApiClient;
  beforeAll(async () => {
    workspace = await startWorkspace();
    await workspace.repository('private-notes', { 'README.md': '# Notes\n' });
    member = await workspace.as('member');
  }, 300_000);
  afterAll(() => workspace.stop());

  const mirrorOf = async (sessionId: string): Promise<string> => {
    const [row] = await workspace.stack.sql<{ id: string }>('SELECT repository_id AS id FROM sessions WHERE id = $1', [
      sessionId,
    ]);
    return join(workspace.stack.env['DATA_DIR'] ?? '', 'repositories', `${row?.id ?? ''}.git`);
  };
  const indexed = (id: string): Promise<unknown> =>
    waitFor('the index', async () => (await readSession(member, id)).index.status === 'ready');

  it('stays while a session is about it, goes with the last one, and comes back with the next', async () => {
    const [first, second] = [await openSession(member, 'private-notes'), await openSession(member, 'private-notes')];
    await Promise.all([indexed(first.id), indexed(second.id)]);
    const mirror = await mirrorOf(first.id);
    expect(existsSync(mirror)).toBe(true);
    await member.delete(`/api/sessions/${first.id}`);
    await waitFor('the news of the end', async () => {
      const waiting = await workspace.stack.sql("SELECT 1 FROM outbox WHERE topic = 'session.deleted'");
      return waiting.length === 0;
    });
    expect(existsSync(mirror)).toBe(true);
    await member.delete(`/api/sessions/${second.id}`);
    await waitFor('the folder to go', () => !existsSync(mirror));
    const third = await openSession(member, 'private-notes');
    await indexed(third.id);
    expect(existsSync(mirror)).toBe(true);
  });

  it('goes when nobody told of the last session, and when a process died while it removed it', async () => {
    const kept = await openSession(member, 'private-notes');
    await indexed(kept.id);
    const mirror = await mirrorOf(kept.id);
    const folder = join(mirror, '..');
    const stray = join(folder, '0190a0a0-0000-7000-8000-000000000000.git');
    const half = join(folder, '0190a0a0-0000-7000-8000-000000000001.git.x.removed');
    await Promise.all([cp(mirror, stray, { recursive: true }), cp(mirror, half, { recursive: true })]);
    const longAgo = new Date(Date.now() - 3 * 60 * 60_000);
    await utimes(join(stray, 'FETCH_HEAD'), longAgo, longAgo);
    await utimes(join(mirror, 'FETCH_HEAD'), longAgo, longAgo);
    await spawnWorker(workspace.stack);
    await waitFor('the folders to go', () => !existsSync(stray) && !existsSync(half));
    expect(existsSync(mirror)).toBe(true);
  });
});
