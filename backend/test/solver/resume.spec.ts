import { endLeases, spawnWorker, waitFor, itOnRealServers } from '../support/index.js';
import { ended, eventsOf, outputOf, printed, read, start } from './solving.js';
import { type ScriptedStack, startScriptedStack } from './stack-with-script.js';

describe('a solve whose worker dies', () => {
  let on: ScriptedStack;

  beforeAll(async () => {
    on = await startScriptedStack();
  }, 300_000);

  afterAll(() => on.stack.stop());

  itOnRealServers(
    'V12: is gone on with by another one from its latest step, on the same tree',
    async () => {
      const fix = `sed -i 's/limit < todos.length - 1/limit < todos.length/' src/todos/paginate.js`;
      const first = await spawnWorker(on.stack);
      const wish = on.model.play(
        'resume',
        fix,
        'echo at the second step; sleep 8',
        'git diff --stat; echo at the third step',
      );
      const { id } = await start(on.member, on.issueId, wish);
      await printed(on.member, id, 'at the second step');
      await first.end('SIGKILL');
      expect((await read(on.member, id)).status).toBe('running');
      await endLeases(on.stack, 'solves');
      const second = await spawnWorker(on.stack);
      const solve = await ended(on.member, id);
      expect(solve).toMatchObject({ status: 'completed', spent: { steps: 4 } });
      const events = await eventsOf(on.member, id);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
      expect(outputOf(events)).toContain('src/todos/paginate.js');
      const asked = on.model.asked.filter(({ script }) => script === 'resume');
      expect(asked.filter(({ messages }) => !messages.some(({ role }) => role === 'assistant'))).toHaveLength(1);
      expect(events.filter(({ type }) => type === 'test')).toHaveLength(2);
      await second.end();
    },
    180_000,
  );

  itOnRealServers(
    'is handed over at once by a worker that is stopped',
    async () => {
      const first = await spawnWorker(on.stack);
      const wish = on.model.play('handover', 'echo first', 'echo at the second step; sleep 20', { submit: 'gave_up' });
      const { id } = await start(on.member, on.issueId, wish);
      await printed(on.member, id, 'at the second step');
      const second = await spawnWorker(on.stack);
      expect((await read(on.member, id)).status).toBe('running');
      await waitFor('the worker to stop', () => first.end('SIGTERM').then(() => true));
      expect((await ended(on.member, id)).reason).toBe('agent.gave-up');
      await second.end();
    },
    180_000,
  );

  it('is tried again a little later when GitHub does not answer', async () => {
    await spawnWorker(on.stack);
    // Reading the branch asks GitHub, too: the failure is to meet the solve.
    await waitFor('the index', async () => {
      const { body } = await on.member.get<{ status: string }>(`/api/sessions/${on.sessionId}/index`);
      return body.status === 'ready';
    });
    await fetch(`${on.stack.forgeUrl}/_forge/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: '500', match: 'todo-api\\.git' }),
    });
    const { id } = await start(on.member, on.issueId, on.model.play('patient', { submit: 'gave_up' }));
    expect((await ended(on.member, id)).reason).toBe('agent.gave-up');
    const notice = (await eventsOf(on.member, id)).find(({ type }) => type === 'notice');
    expect(notice?.['text']).toContain('tried again');
  }, 300_000);
});
