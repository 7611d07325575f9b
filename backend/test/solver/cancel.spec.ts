import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startWorker, waitFor } from '../support/index.js';
import { ended, eventsOf, outputOf, printed, type Problem, read, type Solve, start, takeUpIssue } from './solving.js';
import { type ScriptedStack, startScriptedStack } from './stack-with-script.js';

/** Processes of the machine, zombies left out, whose command line holds a text. */
async function processesWith(text: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid,stat,args']);
  return stdout.split('\n').filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line));
}

describe('ending a solve from outside', () => {
  let on: ScriptedStack;

  beforeAll(async () => {
    on = await startScriptedStack();
    await startWorker(on.stack, { CANARY_TOKEN: 'canary-of-the-worker', MAX_CONCURRENT_SOLVES: '8' });
  }, 300_000);

  afterAll(() => on.stack.stop());

  /** How many rows a solve has left, over all tables. */
  async function traces(solveId: string): Promise<number> {
    const [row] = await on.stack.sql<{ n: number }>(
      `SELECT (SELECT count(*) FROM solves WHERE id = $1) + (SELECT count(*) FROM solve_events WHERE solve_id = $1)
            + (SELECT count(*) FROM solve_checkpoints WHERE solve_id = $1) AS n`,
      [solveId],
    );
    return Number(row?.n);
  }

  it('V4: a cancelled solve leaves no process within 5 s, not even a detached one that ignores signals', async () => {
    const mark = `sleep 86${process.pid}`;
    const wish = on.model.play(
      'nasty',
      'echo changed >> README.md',
      `(setsid bash -c 'trap "" TERM HUP INT; ${mark} & ${mark}; ${mark}' >/dev/null 2>&1 &); echo running; sleep 500`,
    );
    const { id } = await start(on.member, on.issueId, wish);
    await printed(on.member, id, 'running');
    expect(await processesWith(mark)).not.toEqual([]);
    const cancelled = await on.member.post<Solve>(`/api/solves/${id}/cancel`, {});
    expect(cancelled).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    await waitFor('the end of its processes', async () => (await processesWith(mark)).length === 0, 5_000);
  });

  it('it stays cancelled, nothing is stored after its end, and its diff so far is kept', async () => {
    const wish = on.model.play(
      'chatty',
      'echo kept >> README.md',
      'echo running; while true; do echo tick; sleep 0.01; done',
    );
    const { id } = await start(on.member, on.issueId, wish);
    await printed(on.member, id, 'tick');
    await on.member.post(`/api/solves/${id}/cancel`, {});
    const before = await traces(id);
    // As long as the worker has any memory of it.
    await waitFor('the worker to let go of it', async () => {
      const later = await start(on.member, on.issueId, on.model.play('later', { submit: 'gave_up' }));
      return (await ended(on.member, later.id)).status === 'failed';
    });
    expect(await traces(id)).toBe(before);
    expect((await eventsOf(on.member, id)).at(-1)).toMatchObject({ type: 'done', status: 'cancelled' });
    expect((await read(on.member, id)).status).toBe('cancelled');
    expect((await on.member.get(`/api/solves/${id}/diff`)).text).toContain('+kept');
    const again = await on.member.post<Solve>(`/api/solves/${id}/cancel`, {});
    expect(again).toMatchObject({ status: 202, body: { status: 'cancelled' } });
  });

  it('a solve that is over cannot be cancelled', async () => {
    const { id } = await start(on.member, on.issueId, on.model.play('over', { submit: 'gave_up' }));
    await ended(on.member, id);
    const refused = await on.member.post<Problem>(`/api/solves/${id}/cancel`, {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'solver.already-over' } });
  });

  it('ends with its session: no process, no row', async () => {
    const mark = `sleep 85${process.pid}`;
    const { sessionId, issueId } = await takeUpIssue(on.member);
    const { id } = await start(on.member, issueId, on.model.play('orphan', `echo running; ${mark}`));
    await printed(on.member, id, 'running');
    expect((await on.member.delete(`/api/sessions/${sessionId}`)).status).toBe(204);
    await waitFor('the end of its process', async () => (await processesWith(mark)).length === 0, 30_000);
    expect(await traces(id)).toBe(0);
    expect((await on.member.get(`/api/solves/${id}`)).status).toBe(404);
  });

  it('V10: commands see neither a credential nor anything else of the worker', async () => {
    const wish = on.model.play(
      'curious',
      'env; cat /proc/*/environ | tr "\\0" "\\n"; git config -l; git remote -v; ls -la /',
    );
    const { id } = await start(on.member, on.issueId, wish);
    await ended(on.member, id);
    const output = outputOf(await eventsOf(on.member, id));
    expect(output).toContain('HOME=/tmp');
    for (const secret of ['canary-of-the-worker', 'sk-local', 'postgres', 'redis', 'gho_', 'ghu_', 'x-access-token']) {
      expect(output).not.toContain(secret);
    }
  });
});
