import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { newId } from '../../src/platform/database/ids.js';
import { ForgeControl } from '../../test/github/forge-control.js';
import { spawnApi, type Stack, startStack } from '../../test/support/index.js';
import { must, type Promised, type Run } from '../promise.js';
import { gather, ledgerOf, type Person } from './crowd.js';
import { killing } from './killing.js';
import { MortalWorker } from './mortal-worker.js';

const PEOPLE = 8;
const SOLVES = 24;
const KILLS = 12;
const LEAST_OF_EACH = 3;
const CREATE = '^POST /repos/acme/pulled/pulls$';
const LOOK = '^GET /repos/acme/pulled/pulls$';
const PUSH = '^POST /acme/pulled.git/git-receive-pack$';
const SETTLED_MS = 120_000;

export const pullsKilled: Promised = {
  name: 'pulls.killed',
  promise:
    'each solve that somebody turns into a pull request has one branch and one pull request, whatever dies in between',
  async run(at) {
    const stack = await startStack({ forge: true });
    try {
      const api = await spawnApi(stack);
      const forge = new ForgeControl(stack);
      await forge.post('/repositories', { name: 'acme/pulled', files: { 'count.txt': 'one\n' } });
      const people = await gather(stack, api, 'pulled', PEOPLE);
      const solves = await solvesOf(stack, people);
      const worker = await MortalWorker.over(stack, 'pull_requests');
      const answers = await killing({
        at,
        name: 'pulls',
        stack,
        worker,
        kills: KILLS,
        leastOfEach: LEAST_OF_EACH,
        isFlushed: true,
        work: solves.map((solve) => () => ask(solve)),
        trouble: () => trouble(forge, at),
        settledMs: SETTLED_MS,
      });
      const odd = answers.filter((status) => status !== 201 && status !== 503);
      must(odd.length === 0, `${odd.length} requests were answered with ${odd.join()}`);
      await onGithub(stack, solves);
      return `${SOLVES} solves of ${PEOPLE} people, ${KILLS} kills and more, Redis flushed: 0 lost, 0 duplicated; kills fell in ${worker.histogram}`;
    } finally {
      await stack.stop();
    }
  },
};

interface Solved {
  readonly id: string;
  readonly person: Person;
}

async function ask({ id, person }: Solved): Promise<number> {
  return (await person.client.post(`/api/solves/${id}/pull-request`, {})).status;
}

async function trouble(forge: ForgeControl, { random }: Run): Promise<void> {
  for (const kind of ['lost-reply', 'reset', '500', 'secondary']) {
    if (random() < 0.4) await forge.fault(kind, CREATE, { retryAfter: 1 });
  }
  for (const kind of ['lost-reply', 'reset', '500']) if (random() < 0.3) await forge.fault(kind, PUSH);
  if (random() < 0.3) await forge.fault('500', LOOK);
  await forge.fault('slow', CREATE, { ms: 150, times: 1_000 });
}

/** Solves that are done, each with a change that a pull request can be made of. */
async function solvesOf(stack: Stack, people: readonly Person[]): Promise<Solved[]> {
  const base = git(stack, 'rev-parse', 'main');
  const blob = git(stack, 'rev-parse', 'main:count.txt');
  const solves: Solved[] = [];
  for (let n = 0; n < SOLVES; n++) {
    const person = people[n % PEOPLE] as Person;
    const [issueId, id] = [newId(), newId()];
    await stack.sql(
      `INSERT INTO issues (id, session_id, created_by, requested_by, status, title, body, labels, assignees, acceptance, revision)
       VALUES ($1, $2, $3, $3, 'draft', $4, '', '{}', '{}', '{}', 1)`,
      [issueId, person.sessionId, person.userId, `Count on ${n}`],
    );
    await stack.sql(
      `INSERT INTO solves (id, issue_id, session_id, requested_by, status, model, limit_steps, limit_minutes, limit_cost_usd, base_commit, finished_at)
       VALUES ($1, $2, $3, $4, 'completed', 'none', 1, 1, 1, $5, now())`,
      [id, issueId, person.sessionId, person.userId, base],
    );
    const patch = `diff --git a/count.txt b/count.txt\nindex ${blob.slice(0, 7)}..1111111 100644\n--- a/count.txt\n+++ b/count.txt\n@@ -1 +1,2 @@\n one\n+line ${n}\n`;
    await stack.sql(
      `INSERT INTO solve_candidates (solve_id, n, summary, patch, files, insertions, deletions) VALUES ($1, 1, 'Counts on.', $2, 1, 1, 0)`,
      [id, patch],
    );
    solves.push({ id, person });
  }
  return solves;
}

async function onGithub(stack: Stack, solves: readonly Solved[]): Promise<void> {
  const made = (await ledgerOf(stack)).pulls;
  const branches = git(stack, 'for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads/yudai').split(
    '\n',
  );
  const rows = await stack.sql<{
    id: string;
    status: string;
    number: number | null;
    head: string;
    reason: string | null;
  }>('SELECT solve_id AS id, status, number, head, reason FROM pull_requests');
  const failed = rows.filter(({ status, number }) => status !== 'open' || number === null);
  must(failed.length === 0, `not open: ${JSON.stringify(failed)}`);
  const heads = made.map(({ head }) => head);
  const lost = rows.filter(({ head, number }) => !made.some((pull) => pull.head === head && pull.number === number));
  const doubled = heads.filter((head, index) => heads.indexOf(head) !== index);
  const unpushed = rows.filter(({ head }) => !branches.some((branch) => branch.startsWith(`${head} `)));
  must(
    rows.length === solves.length &&
      lost.length + doubled.length + unpushed.length === 0 &&
      made.length === rows.length,
    `${rows.length} intents, ${made.length} pull requests, ${lost.length} lost, ${doubled.length} duplicated, ${unpushed.length} without a branch`,
  );
  must(branches.length === rows.length, `${branches.length} branches for ${rows.length} solves`);
  for (const branch of branches) {
    const ahead = git(stack, 'rev-list', '--count', `main..${branch.split(' ')[1] ?? ''}`);
    must(ahead === '1', `${branch} has ${ahead} commits`);
  }
}

function git(stack: Stack, ...args: string[]): string {
  const path = join(stack.folder, 'forge', 'repositories', 'acme', 'pulled.git');
  return execFileSync('git', ['--git-dir', path, ...args], { encoding: 'utf8' }).trim();
}
