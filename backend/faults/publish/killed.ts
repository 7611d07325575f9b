import { markedIssueId } from '../../src/modules/issues/publishing/marker.js';
import { newId } from '../../src/platform/database/ids.js';
import { ForgeControl } from '../../test/github/forge-control.js';
import { spawnApi, type Stack, startStack } from '../../test/support/index.js';
import { must, type Promised, type Run } from '../promise.js';
import { gather, ledgerOf, type Person } from './crowd.js';
import { killing } from './killing.js';
import { MortalWorker } from './mortal-worker.js';

const PEOPLE = 20;
const INTENTS = 200;
/** Of these: with an assignee who does not exist, which GitHub refuses for good. */
const REFUSED = 4;
const KILLS = 20;
const LEAST_OF_EACH = 3;
const CREATE = '^POST /repos/acme/todo-api/issues$';
const LIST = '^GET /repos/acme/todo-api/issues$';
const SETTLED_MS = 150_000;
/** One that GitHub refuses for good may be told so at once, or be told that it takes longer. */
const ANSWERS = { usual: [200, 201, 202], refused: [422, 202] };

export const publishKilled: Promised = {
  name: 'publish.killed',
  promise: 'each issue that somebody publishes is on GitHub once, whatever dies in between',
  async run(at) {
    // Each to its end, also when the other fails: its servers are to stop, too.
    const runs = await Promise.allSettled([oneRun(at, 'Redis kept'), oneRun(at, 'Redis flushed')]);
    const figures = runs.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
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
    const answers = await killing({
      at,
      name,
      stack,
      worker,
      kills: KILLS,
      leastOfEach: LEAST_OF_EACH,
      isFlushed: name === 'Redis flushed',
      work: drafts.map((draft) => () => publish(draft)),
      trouble: () => trouble(stack, at),
      settledMs: SETTLED_MS,
    });
    const odd = answers.filter((status, n) => !ANSWERS[drafts[n]?.isRefused ? 'refused' : 'usual'].includes(status));
    must(odd.length === 0, `${name}: ${odd.length} submits were answered with ${odd.join()}`);
    await onGithub(stack, drafts, name);
    return `${name}: ${INTENTS} intents of ${PEOPLE} people, 0 lost, 0 duplicated, ${REFUSED} refused; kills fell in ${worker.histogram}`;
  } finally {
    await stack.stop();
  }
}

async function publish({ id, person }: Draft): Promise<number> {
  return (await person.client.post(`/api/issues/${id}/publish`)).status;
}

async function trouble(stack: Stack, { random }: Run): Promise<void> {
  const forge = new ForgeControl(stack);
  const kinds = ['lost-reply', 'reset', '500', 'secondary', 'lost-reply', 'primary'];
  for (const kind of kinds) if (random() < 0.5) await forge.fault(kind, CREATE, { retryAfter: 1 });
  for (const kind of ['reset', '500', 'secondary'])
    if (random() < 0.2) await forge.fault(kind, LIST, { retryAfter: 1 });
  await forge.fault('slow', CREATE, { ms: 150, times: 1_000 });
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

interface Stored {
  readonly id: string;
  readonly status: string;
  readonly number: number | null;
  readonly intent: string;
  readonly reason: string | null;
}

/** Counts on the forge, by the marker, and compares with what is stored here. */
async function onGithub(stack: Stack, drafts: readonly Draft[], name: string): Promise<void> {
  const numbers = new Map<string, number[]>();
  for (const { body, number } of (await ledgerOf(stack)).issues) {
    const id = markedIssueId(body ?? '') ?? 'without a marker';
    numbers.set(id, [...(numbers.get(id) ?? []), number]);
  }
  const rows = await stack.sql<Stored>(
    `SELECT issues.id, issues.status, github_number AS number, intents.status AS intent, intents.reason
       FROM issues JOIN publish_intents intents ON intents.issue_id = issues.id`,
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  const expected = drafts.filter(({ isRefused }) => !isRefused);
  const lost = expected.filter(({ id }) => !numbers.has(id) || stored.get(id)?.status !== 'published');
  const doubled = [...numbers.values()].filter(({ length }) => length > 1);
  const wrong = expected.filter(({ id }) => !numbers.get(id)?.includes(stored.get(id)?.number ?? -1));
  must(
    lost.length + doubled.length + wrong.length === 0 && numbers.size === expected.length,
    `${name}: ${lost.length} lost, ${doubled.length} duplicated, ${wrong.length} with another number, ${numbers.size} of ${expected.length} on GitHub`,
  );
  const refused = drafts.filter(({ isRefused }) => isRefused).map(({ id }) => stored.get(id));
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
