import { Redis } from 'ioredis';
import { markedIssueId } from '../../src/modules/issues/publishing/marker.js';
import { newId } from '../../src/platform/database/ids.js';
import { ForgeControl } from '../../test/github/forge-control.js';
import { spawnApi, type Stack, startStack, waitFor } from '../../test/support/index.js';
import { must, type Promised, type Run } from '../promise.js';
import { gather, ledgerOf, type Person } from './crowd.js';
import { MortalWorker, STATES } from './mortal-worker.js';

const PEOPLE = 20;
const INTENTS = 200;
/** Of these: with an assignee who does not exist, which GitHub refuses for good. */
const REFUSED = 4;
const KILLS = 20;
/** Where chance has left a state out, some more. */
const MOST_KILLS = 40;
const LEAST_OF_EACH = 3;
const LONGEST_LIFE_MS = 1_200;
const CREATE = '^POST /repos/acme/todo-api/issues$';
const LIST = '^GET /repos/acme/todo-api/issues$';
const SETTLED_MS = 200_000;

export const publishKilled: Promised = {
  name: 'publish.killed',
  promise: 'each issue that somebody publishes is on GitHub once, whatever dies in between',
  async run(at) {
    const figures = await Promise.all([oneRun(at, 'Redis kept'), oneRun(at, 'Redis flushed')]);
    return figures.join('; ');
  },
};

interface Draft {
  readonly id: string;
  readonly person: Person;
  readonly isRefused: boolean;
}

async function oneRun(at: Run, name: 'Redis kept' | 'Redis flushed'): Promise<string> {
  const stack = await startStack({ forge: true });
  try {
    const api = await spawnApi(stack);
    const drafts = await draftsOf(stack, await gather(stack, api, 'todo-api', PEOPLE));
    const worker = await MortalWorker.over(stack, 'publish_intents');
    const answers = await killing(stack, worker, drafts, at, name);
    await worker.live();
    await settled(stack, at, name);
    const statuses = await Promise.all(answers);
    const odd = statuses.filter(
      ({ status, isRefused }) => !(isRefused ? [422, 202] : [200, 201, 202]).includes(status),
    );
    must(
      odd.length === 0,
      `${name}: ${odd.length} submits were answered with ${odd.map(({ status }) => status).join()}`,
    );
    await onGithub(stack, drafts, name);
    for (const state of STATES) {
      must(
        (worker.fell.get(state) ?? 0) >= LEAST_OF_EACH,
        `${name}: too few kills fell in ${state}: ${worker.histogram}`,
      );
    }
    return `${name}: ${INTENTS} intents of ${PEOPLE} people, 0 lost, 0 duplicated, ${REFUSED} refused; kills fell in ${worker.histogram}`;
  } finally {
    await stack.stop();
  }
}

interface Answered {
  readonly status: number;
  readonly isRefused: boolean;
}

/** Submits the drafts bit by bit, and kills the worker again and again meanwhile. */
async function killing(
  stack: Stack,
  worker: MortalWorker,
  drafts: readonly Draft[],
  at: Run,
  name: string,
): Promise<Promise<Answered>[]> {
  const answers: Promise<Answered>[] = [];
  const waiting = [...drafts];
  let kills = 0;
  const short = (): boolean => STATES.some((state) => (worker.fell.get(state) ?? 0) < LEAST_OF_EACH);
  while (kills < KILLS || (kills < MOST_KILLS && short())) {
    await trouble(stack, at);
    await worker.live();
    for (const { id, person, isRefused } of waiting.splice(0, INTENTS / KILLS)) {
      const answer = person.client.post(`/api/issues/${id}/publish`);
      answers.push(answer.then(({ status }) => ({ status, isRefused })));
    }
    if (kills % 2 === 0) await worker.killIn(at.random() * LONGEST_LIFE_MS);
    else await worker.killAt(worker.rarest, LONGEST_LIFE_MS);
    if (name === 'Redis flushed' && kills % 2 === 1) await flush(stack);
    kills++;
    if (kills % 5 === 0) at.note(`${name}: ${kills} kills, in ${worker.histogram}`);
  }
  return answers;
}

/** What goes wrong on GitHub's side until the next kill. */
async function trouble(stack: Stack, { random }: Run): Promise<void> {
  const forge = new ForgeControl(stack);
  await fetch(`${stack.forgeUrl}/_forge/faults`, { method: 'DELETE' });
  const kinds = ['lost-reply', 'reset', '500', 'secondary', 'lost-reply', 'primary'];
  for (const kind of kinds) if (random() < 0.5) await forge.fault(kind, CREATE, { retryAfter: 1 });
  for (const kind of ['reset', '500', 'secondary'])
    if (random() < 0.2) await forge.fault(kind, LIST, { retryAfter: 1 });
  await forge.fault('latency', CREATE, { ms: 80, times: 1_000 });
  await forge.fault('slow', CREATE, { ms: 80, times: 1_000 });
}

async function flush(stack: Stack): Promise<void> {
  const redis = new Redis(stack.redisUrl);
  await redis.flushdb();
  await redis.quit();
}

async function settled(stack: Stack, at: Run, name: string): Promise<void> {
  const open = async (): Promise<Record<string, number>> => {
    const rows = await stack.sql<{ status: string; count: string }>(
      'SELECT status, count(*) FROM publish_intents GROUP BY status',
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
  };
  let told = 0;
  await waitFor(
    'every intent to end',
    async () => {
      const { claimed = 0, sent = 0, recorded = 0, failed = 0 } = await open();
      if (Date.now() - told > 5_000) {
        at.note(`${name}: ${claimed} claimed, ${sent} sent, ${recorded} recorded, ${failed} failed`);
        told = Date.now();
      }
      return recorded + failed === INTENTS;
    },
    SETTLED_MS,
  );
}

/** Drafts as people have left them, ready to be published. */
async function draftsOf(stack: Stack, people: readonly Person[]): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (let n = 0; n < INTENTS; n++) {
    const person = people[n % PEOPLE] as Person;
    const isRefused = n % (INTENTS / REFUSED) === 7;
    const id = newId();
    await stack.sql(
      `INSERT INTO issues (id, session_id, created_by, requested_by, status, title, body, labels, assignees, acceptance, revision)
       VALUES ($1, $2, $3, $3, 'draft', $4, 'It must be there once.', '{}', $5, '{}', 1)`,
      [id, person.sessionId, person.userId, `Intent ${n}`, isRefused ? ['nobody-here'] : []],
    );
    drafts.push({ id, person, isRefused });
  }
  return drafts;
}

/** Counts on the forge, by the marker, and compares with what is stored here. */
async function onGithub(stack: Stack, drafts: readonly Draft[], name: string): Promise<void> {
  const numbers = new Map<string, number[]>();
  for (const { body, number } of (await ledgerOf(stack)).issues) {
    const id = markedIssueId(body ?? '') ?? 'without a marker';
    numbers.set(id, [...(numbers.get(id) ?? []), number]);
  }
  const rows = await stack.sql<{
    id: string;
    status: string;
    number: number | null;
    intent: string;
    reason: string | null;
  }>(
    `SELECT issues.id, issues.status, github_number AS number, intents.status AS intent, intents.reason
       FROM issues JOIN publish_intents intents ON intents.issue_id = issues.id`,
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  const expected = drafts.filter(({ isRefused }) => !isRefused);
  const lost = expected.filter(({ id }) => !numbers.has(id) || stored.get(id)?.status !== 'published');
  const doubled = [...numbers.values()].filter(({ length }) => length > 1);
  const wrong = expected.filter(({ id }) => !numbers.get(id)?.includes(stored.get(id)?.number ?? -1));
  const refused = drafts.filter(({ isRefused }) => isRefused).map(({ id }) => stored.get(id));
  must(
    lost.length + doubled.length + wrong.length === 0 && numbers.size === expected.length,
    `${name}: ${lost.length} lost, ${doubled.length} duplicated, ${wrong.length} with another number; ${numbers.size} on GitHub: ${JSON.stringify(lost.map(({ id }) => stored.get(id)))}`,
  );
  must(
    refused.every((row) => row?.intent === 'failed' && row.reason === 'github.refused' && row.status === 'draft'),
    `${name}: what GitHub refused stands as ${JSON.stringify(refused)}`,
  );
  const audited = await stack.sql(
    `SELECT target_id FROM audit_entries WHERE action = 'issue.publish' AND result = 'ok' GROUP BY target_id HAVING count(*) = 1`,
  );
  must(
    audited.length === expected.length,
    `${name}: ${audited.length} of ${expected.length} are in the audit trail once`,
  );
}
