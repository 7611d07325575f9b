import { jest } from '@jest/globals';
import { Client } from 'pg';
import { AuditLog } from '../../src/modules/audit/index.js';
import { type ApiClient, itOnRealServers, spawnWorker, type TestProcess, waitFor } from '../support/index.js';
import { finished, openSession, startWorkspace, type Workspace } from './workspace.js';

describe('the index of a branch and its last session', () => {
  let workspace: Workspace;
  let member: ApiClient;
  let worker: TestProcess | undefined;
  beforeAll(async () => {
    workspace = await startWorkspace();
    for (const name of ['at-once', 'meanwhile', 'untold'])
      await workspace.repository(name, { 'README.md': '# Notes\n' });
    member = await workspace.as('member');
  }, 300_000);
  afterEach(() => worker?.end());
  afterAll(() => workspace.stack.stop());

  const snapshotsOf = async (repo: string): Promise<number> => {
    const rows = await workspace.stack.sql(
      'SELECT 1 FROM index_snapshots s JOIN repositories r ON r.id = s.repository_id WHERE r.name = $1',
      [repo],
    );
    return rows.length;
  };
  const told = (): Promise<unknown> =>
    waitFor('the news of the end', async () => {
      const waiting = await workspace.stack.sql("SELECT 1 FROM outbox WHERE topic = 'session.deleted'");
      return waiting.length === 0;
    });
  /** Others may wait, too, for what the statement does not name. */
  const waiting = (count: number, statement: string): Promise<unknown> =>
    waitFor('those who wait', async () => {
      const rows = await workspace.stack.sql(
        `SELECT 1 FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%' || $1 || '%'`,
        [statement],
      );
      return rows.length >= count;
    });

  itOnRealServers('goes where the last two end at once', async () => {
    const sessions = [await openSession(member, 'at-once'), await openSession(member, 'at-once')];
    const other = new Client({ connectionString: workspace.stack.databaseUrl });
    await other.connect();
    await other.query('BEGIN; LOCK TABLE outbox IN EXCLUSIVE MODE');
    const ends = sessions.map((session) => member.delete(session));
    await waiting(2, 'INTO "outbox"');
    await other.query('COMMIT');
    await other.end();
    expect((await Promise.all(ends)).map(({ status }) => status)).toEqual([204, 204]);
    worker = await spawnWorker(workspace.stack);
    await told();
    expect(await snapshotsOf('at-once')).toBe(0);
  });

  itOnRealServers('stays for a session that is being opened while the last one ends', async () => {
    const last = await openSession(member, 'meanwhile');
    const audit = workspace.api.get(AuditLog);
    const { promise: gate, resolve: open } = Promise.withResolvers<undefined>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<undefined>();
    const record = audit.record.bind(audit);
    const spy = jest.spyOn(audit, 'record').mockImplementation(async (tx, entry) => {
      if (entry.action === 'session.create') {
        reach(undefined);
        await gate;
      }
      await record(tx, entry);
    });
    const opening = openSession(member, 'meanwhile');
    await reached;
    expect((await member.delete(last)).status).toBe(204);
    worker = await spawnWorker(workspace.stack);
    await waiting(1, 'FROM repositories WHERE id');
    open(undefined);
    const session = await opening;
    spy.mockRestore();
    await told();
    expect(await finished(member, session, 60_000)).toMatchObject({ status: 'ready' });
  });

  it('goes in a round where it was asked for again after the end was told of', async () => {
    expect((await member.delete(await openSession(member, 'untold'))).status).toBe(204);
    await workspace.stack.sql("DELETE FROM outbox WHERE topic = 'session.deleted'");
    expect(await snapshotsOf('untold')).toBe(1);
    worker = await spawnWorker(workspace.stack);
    await waitFor('the index to go', async () => (await snapshotsOf('untold')) === 0);
  });
});
