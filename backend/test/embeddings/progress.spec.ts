import type { ApiClient, StreamEvent } from '../support/index.js';
import { endLeases, waitFor } from '../support/index.js';
import { finished, type IndexView, openSession, readIndex, startWorkspace, type Workspace } from './workspace.js';

let workspace: Workspace;
let member: ApiClient;

beforeAll(async () => {
  workspace = await startWorkspace({ env: { EMBEDDINGS_THREADS: '1' } });
  member = await workspace.as('member');
}, 300_000);
afterAll(() => workspace.stack.stop());

/** Files of a repository that takes a while: no two of them alike, each of several chunks. */
function manyFiles(topic: string, files: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: files }, (_, file) => [
      `src/${topic}-${file}.js`,
      Array.from(
        { length: 3 },
        (_, of) =>
          `export function ${topic}${file}x${of}(input) {\n${`  if (input.${topic} > ${file * 7 + of}) return step(input, "${topic}", ${of});\n`.repeat(6)}}\n`,
      ).join('\n'),
    ]),
  );
}

async function collect(events: AsyncIterable<StreamEvent<IndexView>>): Promise<StreamEvent<IndexView>[]> {
  const seen: StreamEvent<IndexView>[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

/** Never back, in nothing that is counted. */
function expectNoStepBack(states: readonly IndexView[]): void {
  for (const name of ['progress', 'filesIndexed', 'filesSkipped', 'chunks', 'filesTotal'] as const) {
    const numbers = states.map((state) => state[name]);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  }
}

const running = async (): Promise<number> => {
  const [row] = await workspace.stack.sql<{ n: number }>(
    `SELECT count(*)::int AS n FROM index_snapshots WHERE status = 'running' AND lease_until > now()`,
  );
  return row?.n ?? 0;
};

it('is told as it goes, never backwards, to its end; who comes back gets the rest', async () => {
  await workspace.repository('slow', manyFiles('river', 80));
  const session = await openSession(member, 'slow');
  expect(await readIndex(member, session)).toMatchObject({
    status: 'queued',
    progress: 0,
    commit: null,
    etaSeconds: null,
  });
  const following = collect(member.stream<IndexView>(`${session}/index/stream`));
  const worker = await workspace.work();
  const begun = Date.now();
  const events = await following;
  const seconds = Math.floor((Date.now() - begun) / 1_000);
  await worker.end();

  expect(events.every(({ event, id }) => event === 'index' && id !== undefined)).toBe(true);
  const states = events.map(({ data }) => data);
  expect(states[0]?.status).toBe('queued');
  expect(states.at(-1)).toMatchObject({ status: 'ready', progress: 1, filesIndexed: 80 });
  expect(states.slice(1, -1).every(({ status }) => status === 'running')).toBe(true);
  expectNoStepBack(states);
  // one a second and more; the worker's start and the fetch are in the time, too
  expect(states.length).toBeGreaterThanOrEqual(Math.min(seconds, 5));
  expect(states.some(({ etaSeconds, status }) => status === 'running' && etaSeconds !== null)).toBe(true);

  // Where nothing comes for a while the state is told once more, under the id of what was told last.
  const told = events.filter(({ id }, at) => id !== events[at - 1]?.id);
  for (const at of [1, Math.floor(told.length / 2), told.length - 2]) {
    const rest = await collect(member.stream(`${session}/index/stream`, { lastEventId: told[at]?.id ?? '' }));
    expect(rest).toEqual(told.slice(at + 1));
  }
  const afterTheEnd = await collect(member.stream(`${session}/index/stream`, { lastEventId: events.at(-1)?.id ?? '' }));
  expect(afterTheEnd).toEqual([]);
  const late = await collect(member.stream<IndexView>(`${session}/index/stream`));
  expect(late.map(({ data }) => data)).toEqual([states.at(-1)]);
}, 300_000);

it('goes on where a worker that ended or was killed was, without computing anything twice or a step back', async () => {
  await workspace.repository('killed', manyFiles('mountain', 90));
  const session = await openSession(member, 'killed');
  const following = collect(member.stream<IndexView>(`${session}/index/stream`));
  const made = (): Promise<{ id: string; name: string }[]> =>
    workspace.stack.sql(`SELECT id, name FROM blobs WHERE name LIKE 'mountain-%' ORDER BY id`);

  // A worker that ends finishes what takes it less than a third of this.
  const first = await workspace.work({ SHUTDOWN_SECONDS: '2' });
  await waitFor('some files', async () => (await made()).length >= 3);
  await first.end();
  const givenBack = `SELECT lease_until FROM index_snapshots WHERE status = 'running'`;
  expect(await workspace.stack.sql(givenBack)).toEqual([{ lease_until: null }]);
  const afterFirst = await made();

  const second = await workspace.work();
  await waitFor('some more files', async () => (await made()).length >= afterFirst.length + 3);
  await second.end('SIGKILL');
  const afterSecond = await made();
  expect(afterSecond.slice(0, afterFirst.length)).toEqual(afterFirst);
  expect(afterSecond.length).toBeLessThan(90);

  await endLeases(workspace.stack, 'index_snapshots');
  const third = await workspace.work();
  const index = await finished(member, session, 180_000);
  expect(index).toMatchObject({ status: 'ready', filesIndexed: 90, filesSkipped: 0 });
  await third.end();
  const after = await made();
  expect(after.slice(0, afterSecond.length)).toEqual(afterSecond);
  expect(after).toHaveLength(90);
  expectNoStepBack((await following).map(({ data }) => data));
  const entries = await workspace.stack.sql(
    `SELECT 1 FROM audit_entries WHERE action = 'index.finish' AND details ->> 'commit' = $1`,
    [index.commit],
  );
  expect(entries).toHaveLength(1);
}, 300_000);

it.each([1, 2])(
  'reads as many branches at once as INDEX_CONCURRENCY says: %i',
  async (concurrency) => {
    const names = [`first${concurrency}`, `second${concurrency}`];
    for (const name of names) await workspace.repository(name, manyFiles(name, 6));
    const sessions = await Promise.all(names.map((name) => openSession(member, name)));
    const worker = await workspace.work({ INDEX_CONCURRENCY: String(concurrency) });
    let most = 0;
    await waitFor(
      'both indexes',
      async () => {
        most = Math.max(most, await running());
        const states = await Promise.all(sessions.map((session) => readIndex(member, session)));
        return states.every(({ status }) => status === 'ready');
      },
      120_000,
    );
    expect(most).toBe(concurrency);
    await worker.end();
  },
  180_000,
);
