import { AnswerTasks } from '../../src/modules/sessions/chat/answer-task.service.js';
import {
  type ApiClient,
  endLeases,
  spawnWorker,
  startWorker,
  type StreamEvent,
  type TestProcess,
  waitFor,
} from '../support/index.js';
import { ended, type MessageView, openSession, say, startWorkspace, type Workspace } from './workspace.js';

type Event = StreamEvent<{ text?: string; message?: MessageView }>;

let workspace: Workspace;
let member: ApiClient;

beforeAll(async () => {
  workspace = await startWorkspace();
  await workspace.repository('notes', { 'README.md': '# Notes\n' });
  member = await workspace.as('member');
}, 300_000);
afterAll(() => workspace.stop());

const textOf = (events: readonly Event[]): string =>
  events.map(({ event, data }) => (event === 'delta' ? (data.text ?? '') : '')).join('');

describe('an answer whose worker is killed in the middle of it', () => {
  it('is finished by another, and what readers were told is what is stored', async () => {
    await workspace.spoil({ kind: 'slow', ms: 150, times: 2, match: 'Kill me' });
    const { id: sessionId } = await openSession(member, 'notes');
    const { answer } = await say(member, sessionId, 'Kill me while you answer.');
    const events: Event[] = [];
    let next: Promise<TestProcess> | undefined;
    const path = `/api/sessions/${sessionId}/messages/${answer.id}/stream`;
    for await (const event of member.stream<NonNullable<Event['data']>>(path)) {
      events.push(event);
      if (!next && textOf(events).length > 0) {
        await workspace.worker.end('SIGKILL');
        await endLeases(workspace.stack, 'messages');
        next = spawnWorker(workspace.stack);
      }
    }
    await next;
    const stored = await ended(member, sessionId, answer.id);
    expect(stored.status).toBe('complete');
    expect(events.at(-1)).toMatchObject({ event: 'done', data: { message: stored } });
    expect(textOf(events)).toBe(stored.text);
    const [row] = await workspace.stack.sql<{ attempts: number }>('SELECT attempts FROM messages WHERE id = $1', [
      answer.id,
    ]);
    expect(row?.attempts).toBe(2);
    const audited = await workspace.stack.sql(
      `SELECT 1 FROM audit_entries WHERE action = 'message.answer' AND target_id = $1`,
      [answer.id],
    );
    expect(audited).toHaveLength(1);
    await (await next)?.end();
  }, 300_000);
});

it('an answer whose worker gets no connection to the database waits, and is written when there is one again', async () => {
  const worker = await startWorker(workspace.stack);
  const noConnection = new Error('timeout exceeded when trying to connect');
  const asked = jest.spyOn(worker.get(AnswerTasks), 'of').mockRejectedValueOnce(noConnection);
  const { id: sessionId } = await openSession(member, 'notes');
  const { answer } = await say(member, sessionId, 'What are the notes about?');
  await waitFor('the first try', () => asked.mock.calls.length > 0);
  await endLeases(workspace.stack, 'messages');
  expect(await ended(member, sessionId, answer.id)).toMatchObject({ status: 'complete' });
  expect(asked).toHaveBeenCalledTimes(2);
  await worker.stop();
}, 300_000);
