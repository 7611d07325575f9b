import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SnapshotsRepository } from '../../src/modules/embeddings/repositories/snapshots.repository.js';
import { GithubIssues } from '../../src/modules/github/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { RedisClient } from '../../src/platform/redis/redis.module.js';
import {
  expected,
  finished,
  openSession,
  pathsOf,
  readIndex,
  search,
  serves,
  startWorkspace,
  type Workspace,
} from '../embeddings/workspace.js';
import { type ApiClient, endLeases, type TestProcess, waitFor } from '../support/index.js';
import { EXPECTED, ISSUES, shopRepository } from './shop.js';
import type { Told, View } from './views.js';

let folder: string;
let workspace: Workspace;
let member: ApiClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yudai-shop-'));
  const repositories = await Promise.all([shopRepository(folder, 'shop', 1), shopRepository(folder, 'killed', 80)]);
  workspace = await startWorkspace({ repositories, env: { EMBEDDINGS_THREADS: '1' } });
  member = await workspace.as('member');
  const { id } = await expected(200, member.get<{ id: string }>('/api/auth/me'));
  for (const repo of ['shop', 'killed']) {
    for (const { title, body } of ISSUES) {
      const issue = { title, body, labels: [], assignees: [] };
      await workspace.api.get(GithubIssues).create(id, { owner: 'acme', repo }, issue);
    }
  }
}, 300_000);
afterAll(async () => {
  await workspace.stack.stop();
  await rm(folder, { recursive: true, force: true });
});

const start = (session: string): Promise<View> => expected(202, member.post<View>(`${session}/evaluations`));
const read = (id: string): Promise<View> => expected(200, member.get<View>(`/api/evaluations/${id}`));

const over = (id: string): Promise<View> =>
  waitFor(
    `the end of evaluation ${id}`,
    async () => {
      const view = await read(id);
      return view.status === 'done' || view.status === 'failed' ? view : undefined;
    },
    120_000,
  );

/** A branch that stands at the commit that is evaluated. */
async function openBefore(repo: string): Promise<string> {
  const wish = { owner: 'acme', repo, branch: 'before' };
  const { id } = await expected(201, member.post<{ id: string }>('/api/sessions', wish));
  return `/api/sessions/${id}`;
}

const told: Told[] = [];

async function listen(signal: AbortSignal): Promise<void> {
  try {
    for await (const { event, data } of member.stream<Told>('/api/events', { signal })) {
      if (event === 'evaluation.changed') told.push(data);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const pinned = (): Promise<{ id: string }[]> =>
  workspace.stack.sql('SELECT id FROM index_snapshots WHERE pinned_until IS NOT NULL');

const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;

describe('before its branch was read', () => {
  it('a session cannot be evaluated, and says so', async () => {
    const session = await openSession(member, 'shop');
    const refused = await member.post<{ code: string }>(`${session}/evaluations`);
    expect([refused.status, refused.body.code]).toEqual([409, 'evaluations.not-indexed']);
    await expected(204, member.delete(session));
  });
});

describe('a repository with fixes', () => {
  let session: string;
  let evaluation: View;
  let head: string | null;
  let before: string;
  let commitBefore: string | null;

  beforeAll(async () => {
    const worker = await workspace.work();
    before = await openBefore('shop');
    ({ commit: commitBefore } = await finished(member, before, 120_000));
    session = await openSession(member, 'shop');
    ({ commit: head } = await finished(member, session, 120_000));
    const gone = new AbortController();
    const listening = listen(gone.signal);
    evaluation = await over((await start(session)).id);
    await waitFor('the news of its end', () => told.at(-1)?.status === 'done');
    gone.abort();
    await listening;
    await worker.end();
  }, 300_000);

  it('is measured by those that were merged, by their issues where they name one', () => {
    expect(evaluation).toMatchObject({ status: 'done', progress: 1, commit: head, casesTotal: 4, casesDone: 4 });
    const cases = evaluation.cases.map(({ gold, source, number }) => ({
      ...{ gold: gold.map(({ path }) => path), source, number },
    }));
    expect(cases).toEqual(EXPECTED);
    expect(evaluation.cases[1]?.title).toBe(ISSUES[1].title);
    expect(evaluation.cases[0]?.title).not.toMatch(/resolves|#99|mail/i);
    const months = evaluation.cases.map(({ fixedAt }) => fixedAt.slice(0, 7));
    expect(new Set(months).size).toBe(4);
    expect(months).toEqual([...months].sort().reverse());
  });

  it('tells how well the files were found, and the numbers are those of the places', () => {
    const { scores, cases } = evaluation;
    const places = cases.map(({ gold }) => gold[0]?.place ?? Infinity);
    expect(places.filter((place) => place <= 3)).toHaveLength(4);
    expect(scores?.all).toEqual({
      cases: 4,
      recallAt1: mean(places.map((place) => Number(place <= 1))),
      recallAt5: mean(places.map((place) => Number(place <= 5))),
      recallAt10: mean(places.map((place) => Number(place <= 10))),
      mrr: mean(places.map((place) => 1 / place)),
    });
    expect([scores?.issue?.cases, scores?.commit?.cases]).toEqual([2, 2]);
    cases.forEach(({ files, gold: [first] }) => {
      if (first?.place) expect(files.filter((file) => !file.startsWith('test/'))[first.place - 1]).toBe(first.path);
    });
  });

  it('tells browsers how far it is, and never takes a step back', () => {
    const progress = told.map((one) => one.progress);
    expect(new Set(told.map(({ evaluationId }) => evaluationId))).toEqual(new Set([evaluation.id]));
    expect(progress.length).toBeGreaterThan(5);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
  });

  it('what it keeps of a question is its title, and nothing of what was read for it stays pinned', async () => {
    const kept = await workspace.stack.sql('SELECT 1 FROM evaluation_cases WHERE question IS NOT NULL');
    expect(kept).toEqual([]);
    expect(await pinned()).toEqual([]);
  });

  it('predicts what the search of a session at that commit finds', async () => {
    expect(evaluation.snapshotCommit).toBe(commitBefore);
    const rows = await workspace.stack.sql<{ position: number; files: string[] }>(
      'SELECT position, files FROM evaluation_cases WHERE evaluation_id = $1 AND source = $2 ORDER BY position',
      [evaluation.id, 'issue'],
    );
    expect(rows).toHaveLength(2);
    for (const { position, files } of rows) {
      const { title, body } = ISSUES[EXPECTED[position - 1]?.number === 1 ? 0 : 1];
      const found = await search(member, before, { query: `${title}\n\n${body}`, limit: 50 });
      expect(files.length).toBeGreaterThan(0);
      expect(files).toEqual(pathsOf(found));
    }
  });

  it('lists its evaluations with their numbers, the newest first, page by page', async () => {
    const { id: next } = await start(session);
    type Listed = { items: View[]; nextCursor: string | null };
    const first = await expected(200, member.get<Listed>(`${session}/evaluations?limit=1`));
    expect(first.items.map(({ id, status }) => [id, status])).toEqual([[next, 'queued']]);
    const cursor = first.nextCursor ?? '';
    const second = await expected(200, member.get<Listed>(`${session}/evaluations?limit=1&cursor=${cursor}`));
    expect(second).toMatchObject({ items: [{ id: evaluation.id, scores: evaluation.scores }], nextCursor: null });
  });

  it('has one under way at a time, which is shown among long work', async () => {
    const { id } = await start(session);
    expect((await start(session)).id).toBe(id);
    const other = await openSession(member, 'shop');
    const refused = await member.post<{ code: string }>(`${other}/evaluations`);
    expect([refused.status, refused.body.code]).toEqual([409, 'evaluations.under-way']);
    const { items } = await expected(200, member.get<{ items: object[] }>('/api/activity'));
    expect(items).toContainEqual(expect.objectContaining({ kind: 'evaluation', id, state: 'queued' }));
    const entries = await workspace.stack.sql<{ action: string; result: string }>(
      `SELECT action, result FROM audit_entries WHERE action LIKE 'evaluation.%' ORDER BY at`,
    );
    expect(entries).toEqual([
      { action: 'evaluation.request', result: 'ok' },
      { action: 'evaluation.finish', result: 'ok' },
      { action: 'evaluation.request', result: 'ok' },
    ]);
  });

  it('goes with its session', async () => {
    await expected(204, member.delete(session));
    expect((await member.get(`/api/evaluations/${evaluation.id}`)).status).toBe(404);
    expect(await workspace.stack.sql('SELECT 1 FROM evaluation_cases')).toEqual([]);
  });
});

describe('rights', () => {
  it('who takes part may read it, an editor may start it, and who may not read the repository sees none of it', async () => {
    const session = await openSession(member, 'shop');
    const { id } = await start(session);
    const auditor = await workspace.as('auditor');
    const { id: userId } = await expected(200, auditor.get<{ id: string }>('/api/auth/me'));
    expect((await auditor.get(`/api/evaluations/${id}`)).status).toBe(404);
    await expected(201, member.post(`${session}/members`, { userId, role: 'viewer' }));
    expect((await auditor.get(`/api/evaluations/${id}`)).status).toBe(200);
    expect((await auditor.post(`${session}/evaluations`)).status).toBe(403);
    await workspace.forge('permissions', { login: 'auditor', repository: 'acme/shop', permission: 'none' });
    await workspace.stack.sql('DELETE FROM repository_permissions WHERE user_id = $1', [userId]);
    expect((await auditor.get(`/api/evaluations/${id}`)).status).toBe(404);
    expect((await auditor.get(`${session}/evaluations`)).status).toBe(404);
    const { items } = await expected(200, auditor.get<{ items: { kind: string }[] }>('/api/activity'));
    expect(items.filter(({ kind }) => kind === 'evaluation')).toEqual([]);
    await expected(204, member.delete(session));
  });
});

let worker: TestProcess;

describe('a pinned snapshot', () => {
  it('never serves a session, and stays while the branch goes on', async () => {
    await workspace.repository('pins', { 'src/a.js': 'export const first = 1;\n' });
    worker = await workspace.work();
    const session = await openSession(member, 'pins');
    const { commit: old } = await finished(member, session);
    const [row] = await workspace.stack.sql<{ repositoryId: string; requestedBy: string }>(
      `SELECT repository_id AS "repositoryId", requested_by AS "requestedBy" FROM index_snapshots WHERE commit_sha = $1`,
      [old],
    );
    const next = await workspace.commit('pins', { 'src/a.js': 'export const second = 2;\n' });
    await serves(member, session, next);
    const wish = { repositoryId: row!.repositoryId, requestedBy: row!.requestedBy, branch: 'main', commit: old ?? '' };
    const snapshots = workspace.api.get(SnapshotsRepository);
    const id = await workspace.api.get(Transactions).run((tx) => snapshots.pin(tx, wish, 600));
    await waitFor('the pinned snapshot', async () => (await snapshots.byId(id))?.status === 'ready', 60_000);
    expect(await readIndex(member, session)).toMatchObject({ status: 'ready', commit: next, headCommit: next });
    expect(await search(member, session, { query: 'export const second' })).toMatchObject({ commit: next });
    const last = await workspace.commit('pins', { 'src/a.js': 'export const third = 3;\n' });
    await serves(member, session, last);
    expect(await pinned()).toEqual([{ id }]);
    await workspace.stack.sql(`UPDATE index_snapshots SET pinned_until = now() - interval '1 second' WHERE id = $1`, [
      id,
    ]);
    await snapshots.dropUnkept();
    expect(await pinned()).toEqual([]);
  }, 300_000);
});

describe('a worker that is killed', () => {
  it('is followed by one that goes on, with the same fixes, though the queue is empty', async () => {
    const session = await openSession(member, 'killed');
    await finished(member, session, 180_000);
    const { id } = await start(session);
    const isRead = async (): Promise<boolean> => {
      const [row] = await workspace.stack.sql(
        `SELECT 1 FROM index_snapshots WHERE pinned_until IS NOT NULL AND status = 'running' AND files_indexed > 12`,
      );
      return row !== undefined;
    };
    await waitFor(
      'the snapshot to be half read, as the evaluation says',
      async () => (await isRead()) && (await read(id)).progress > 0.1,
      60_000,
    );
    await worker.end('SIGKILL');
    expect(await isRead()).toBe(true);
    const chosen = await pinned();
    await workspace.api.get(RedisClient).flushdb();
    for (const table of ['evaluations', 'index_snapshots'] as const) await endLeases(workspace.stack, table);
    const next = await workspace.work();
    expect(await over(id)).toMatchObject({
      status: 'done',
      casesTotal: 4,
      casesDone: 4,
      scores: { all: { cases: 4 } },
    });
    await next.end();
    const ended = await workspace.stack.sql(
      `SELECT target_id AS id FROM audit_entries
        WHERE action IN ('index.finish', 'evaluation.finish') AND repository = 'acme/killed'
          AND (details ->> 'pinned' = 'true' OR target_type = 'evaluation') ORDER BY seq`,
    );
    expect(ended).toEqual([...chosen, { id }]);
  }, 300_000);
});
