import { randomBytes } from 'node:crypto';
import { type ApiClient, waitFor } from '../support/index.js';
import { GitRemote } from '../../src/modules/github/git/git-remote.js';
import {
  expected,
  openReadSession,
  openSession,
  readSession,
  type Refusal,
  startWorkspace,
  type Workspace,
} from './workspace.js';

interface Found {
  readonly state: string;
  readonly commit: string | null;
  readonly results: readonly { readonly path: string }[];
}

let workspace: Workspace;
let member: ApiClient;
let base: string;
let commit: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  await workspace.repository('weather', {
    'src/rain.js': 'export function willItRain(clouds) {\n  return clouds > 3;\n}\n',
    'README.md': '# Weather\n\nTells whether it will rain.\n',
    '.env': 'SECRET=hidden\n',
  });
  member = await workspace.as('member');
  const session = await openReadSession(member, 'weather');
  base = `/api/sessions/${session.id}`;
  commit = session.index.commit ?? '';
}, 300_000);
afterAll(() => workspace.stop());

it('search names the right file first, with the commit that was searched', async () => {
  const found = await expected(200, member.post<Found>(`${base}/search`, { query: 'willItRain', limit: 5 }));
  expect(found).toMatchObject({ state: 'ready', commit });
  expect(found.results[0]?.path).toBe('src/rain.js');
  expect(JSON.stringify(found)).not.toContain('clouds');
});

it.each([
  [{ query: '' }],
  [{ query: 'x'.repeat(20_001) }],
  [{ query: 'x', limit: 0 }],
  [{ query: 'x', limit: 101 }],
  [{}],
])('a search for %.60j is refused', async (wish) => {
  expect((await member.post(`${base}/search`, wish)).status).toBe(422);
});

it('files are listed with the reason why one was not read', async () => {
  const { items } = await expected(200, member.get<{ items: { path: string; status: string }[] }>(`${base}/files`));
  expect(items.map(({ path }) => path)).toEqual(['.env', 'README.md', 'src/rain.js']);
  const skipped = await expected(200, member.get<{ items: object[] }>(`${base}/files?skipped=true`));
  expect(skipped.items).toEqual([expect.objectContaining({ path: '.env', status: 'skipped', skipReason: 'secret' })]);
});

it('a file is read at the commit, whole or by lines', async () => {
  const all = await expected(200, member.get<object>(`${base}/files/content?path=src/rain.js`));
  expect(all).toMatchObject({ path: 'src/rain.js', commit, startLine: 1, endLine: 3, totalLines: 3 });
  const some = await expected(
    200,
    member.get<object>(`${base}/files/content?path=src/rain.js&commit=${commit}&startLine=2&endLine=2`),
  );
  expect(some).toMatchObject({ text: '  return clouds > 3;', startLine: 2, endLine: 2 });
  for (const path of ['src/none.js', 'src', '../secret', '/etc/passwd']) {
    expect((await member.get<Refusal>(`${base}/files/content?path=${path}`)).status).toBe(404);
  }
  expect((await member.get(`${base}/files/content?path=README.md&commit=${'a'.repeat(40)}`)).status).toBe(404);
});

it('of a file too wide to be given at once `endLine` is the last line that came, and the rest can be asked for after it', async () => {
  // Of names that no index reads.
  const lines = Array.from({ length: 300 }, (_, at) => `${at + 1} `.padEnd(3_000, 'word '));
  await workspace.repository('wide', { 'yarn.lock': `${lines.join('\n')}\n`, 'a.min.js': 'x'.repeat(500_000) });
  const { id } = await openReadSession(member, 'wide');
  const read = async (query: string) =>
    expected(200, member.get<{ text: string; endLine: number }>(`/api/sessions/${id}/files/content?${query}`));
  const given: string[] = [];
  while (given.length < lines.length) {
    const { text, endLine } = await read(`path=yarn.lock&startLine=${given.length + 1}`);
    expect(text.length).toBeLessThanOrEqual(400_000);
    given.push(...text.split('\n'));
    expect(endLine).toBe(given.length);
  }
  expect(given).toEqual(lines);
  expect(await read('path=a.min.js')).toMatchObject({ startLine: 1, endLine: 1, text: 'x'.repeat(400_000) });
}, 60_000);

it('commits that nobody has cost hardly any fetch, however many are asked for; a new one is found', async () => {
  const fetches = jest.spyOn(workspace.api.get(GitRemote), 'fetch');
  const unknown = Array.from({ length: 20 }, () => randomBytes(20).toString('hex'));
  const read = (sha: string): Promise<{ status: number }> =>
    member.get(`${base}/files/content?path=README.md&commit=${sha}`);
  const counts: number[] = [];
  // Who comes while one is under way waits for the next.
  await workspace.forge('faults', { kind: 'latency', match: 'weather\\.git/info', ms: 2_000 });
  for (let time = 0; time < 2; time++) {
    const answers = await Promise.all(unknown.map(read));
    expect(answers.map(({ status }) => status)).toEqual(unknown.map(() => 404));
    counts.push(fetches.mock.calls.length);
  }
  expect(counts[0]).toBeLessThanOrEqual(5);
  expect(counts[1]).toBe(counts[0]);
  fetches.mockRestore();
  await workspace.forge('repositories/acme/weather/commits', {
    ...{ branch: 'main', message: 'Fog', files: { 'src/fog.js': 'export const fog = true;\n' } },
  });
  const { items } = await expected(
    200,
    member.get<{ items: { sha: string }[] }>('/api/github/repositories/acme/weather/branches'),
  );
  const sha = items[0]?.sha ?? '';
  expect(sha).not.toBe(commit);
  expect((await read(sha)).status).toBe(200);
  // Else news of it could come while the next commit is read, and begin anew.
  await waitFor('it to be read', async () => {
    const { index } = await readSession(member, base.slice('/api/sessions/'.length));
    return index.status === 'ready' && index.commit === sha;
  });
});

it('the index is followed to its end, and a new commit is read when asked for', async () => {
  const gone = new AbortController();
  const live = member.stream<{ sessionId: string; index?: { status: string } }>('/api/events', { signal: gone.signal });
  const first = live.next();
  await workspace.forge('repositories/acme/weather/commits', {
    ...{ branch: 'main', message: 'Snow', files: { 'src/snow.js': 'export const snow = true;\n' } },
  });
  const begun = await expected(202, member.post<{ status: string }>(`${base}/index`));
  expect(['queued', 'running', 'ready']).toContain(begun.status);
  const states: { status: string; commit: string | null; progress: number }[] = [];
  for await (const { event, data } of member.stream<(typeof states)[number]>(`${base}/index/stream`)) {
    expect(event).toBe('index');
    states.push(data);
  }
  expect(states.at(-1)).toMatchObject({ status: 'ready', progress: 1 });
  expect(states.at(-1)?.commit).not.toBe(commit);
  expect(states.map(({ progress }) => progress)).toEqual(
    [...states.map(({ progress }) => progress)].sort((a, b) => a - b),
  );
  const found = await expected(200, member.post<Found>(`${base}/search`, { query: 'snow' }));
  expect(found.results[0]?.path).toBe('src/snow.js');
  for (let event = await first; !event.done; event = await live.next()) {
    const { event: name, data } = event.value;
    if (name === 'index.changed' && base.endsWith(data.sessionId) && data.index?.status === 'ready') gone.abort();
  }
});

it('a second session on the branch is ready at once', async () => {
  const { id } = await openSession(member, 'weather');
  expect((await readSession(member, id)).index.status).toBe('ready');
});

it('what is being read stands in the activity of its members', async () => {
  await workspace.repository('fresh', { 'a.js': 'export const a = 1;\n' });
  await workspace.worker.end();
  const { id } = await openSession(member, 'fresh');
  const { items } = await expected(200, member.get<{ items: { kind: string; sessionId: string }[] }>('/api/activity'));
  expect(items).toContainEqual(expect.objectContaining({ kind: 'index', sessionId: id }));
});
