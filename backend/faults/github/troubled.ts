import { markedIssueId } from '../../src/modules/issues/publishing/marker.js';
import { newId } from '../../src/platform/database/ids.js';
import { ForgeControl, type LedgerCall } from '../../test/github/forge-control.js';
import { spawnApi, spawnWorker, type Stack, startStack, waitFor } from '../../test/support/index.js';
import { must, type Promised } from '../promise.js';
import { gather, ledgerOf, type Person } from '../publish/crowd.js';

const PEOPLE = 20;
const OF_EACH = 50;
const KINDS = ['lost-reply', 'reset', '500', 'secondary', 'primary', 'slow'] as const;
const CREATE = '^POST /repos/acme/todo-api/issues$';
const PAUSE_SECONDS = 3;
const GAP_MS = 1_000;
/** The forge and the product look at their clocks a little later than things happen. */
const CLOCK_MS = 100;
/** What leaves before a refusal has been read, on a busy machine, does not know of it yet. */
const READ_MS = 500;
const SETTLED_MS = 120_000;

/** Fifty issues for each way in which GitHub can fail, each of them failing once so. */
export const githubTroubled: Promised = {
  name: 'github.troubled',
  promise:
    "GitHub's pauses are kept, writes of a token are a second apart, and whatever fails is there once in the end",
  async run(at) {
    const stack = await startStack({ forge: true });
    try {
      const api = await spawnApi(stack);
      const people = await gather(stack, api, 'todo-api', PEOPLE);
      await spawnWorker(stack);
      const seen = [];
      for (const kind of KINDS) {
        seen.push(await troubled(stack, people, kind));
        at.note(`${kind}: ${OF_EACH} of ${OF_EACH} there once`);
      }
      const shortest = Math.min(...seen.map(({ shortestGap }) => shortestGap));
      const pauses = seen.reduce((sum, { pauses: count }) => sum + count, 0);
      const writes = seen.reduce((sum, { writes: count }) => sum + count, 0);
      must(pauses >= 2 * OF_EACH, `GitHub asked for ${pauses} pauses only`);
      const failed = `${OF_EACH} each of ${KINDS.join(', ')}`;
      return `${failed}: 0 lost, 0 duplicated in ${writes} writes; ${pauses} pauses, 0 calls in them; shortest time from write to write ${shortest} ms`;
    } finally {
      await stack.stop();
    }
  },
};

interface Seen {
  readonly writes: number;
  readonly pauses: number;
  readonly shortestGap: number;
}

async function troubled(stack: Stack, people: readonly Person[], kind: (typeof KINDS)[number]): Promise<Seen> {
  const forge = new ForgeControl(stack);
  await forge.clear();
  await forge.fault(kind, CREATE, { times: OF_EACH, retryAfter: PAUSE_SECONDS, ms: 1_500 });
  const ids = await Promise.all(
    Array.from({ length: OF_EACH }, (_, n) => publish(stack, people[n % PEOPLE] as Person, `${kind} ${n}`)),
  );
  await waitFor(
    `the issues after ${kind}`,
    async () => {
      const left = await stack.sql("SELECT 1 FROM issues WHERE status <> 'published'");
      return left.length === 0;
    },
    SETTLED_MS,
  );
  const made = (await ledgerOf(stack)).issues.map(({ body }) => markedIssueId(body ?? ''));
  const wrong = ids.filter((id) => made.filter((other) => other === id).length !== 1);
  must(wrong.length === 0 && made.length === OF_EACH, `${kind}: ${made.length} made, ${wrong.length} not once`);
  return kept(await forge.calls(), kind);
}

async function publish(stack: Stack, { client, sessionId, userId }: Person, title: string): Promise<string> {
  const id = newId();
  await stack.sql(
    `INSERT INTO issues (id, session_id, created_by, requested_by, status, title, body, labels, assignees, acceptance, revision)
     VALUES ($1, $2, $3, $3, 'draft', $4, 'It must be there once.', '{}', '{}', '{}', 1)`,
    [id, sessionId, userId, title],
  );
  const { status } = await client.post(`/api/issues/${id}/publish`);
  must([200, 201, 202].includes(status), `a submit was answered with ${status}`);
  return id;
}

/** Looks at each person's calls in turn. */
function kept(calls: readonly LedgerCall[], kind: string): Seen {
  let [writes, pauses, shortestGap] = [0, 0, Infinity];
  for (const login of new Set(calls.flatMap((call) => call.login ?? []))) {
    const own = calls.filter((call) => call.login === login && call.path.startsWith('/api/'));
    const made = own.filter(({ method }) => method === 'POST').map(timesOf);
    writes += made.length;
    for (const [n, { begun }] of made.slice(1).entries()) {
      shortestGap = Math.min(shortestGap, begun - (made[n]?.over ?? 0));
    }
    for (const [n, refused] of own.entries()) {
      if (refused.status !== 403) continue;
      pauses++;
      const { begun: asked, over } = timesOf(refused);
      const early = own
        .slice(n + 1)
        .filter(({ begun }) => Date.parse(begun) > over + READ_MS)
        .map(({ method, begun }) => ({ method, milliseconds: Date.parse(begun) - asked }))
        .filter(({ milliseconds }) => milliseconds < PAUSE_SECONDS * 1_000 - CLOCK_MS);
      must(early.length === 0, `${kind}: before GitHub's pause of ${login} was over came ${JSON.stringify(early)}`);
    }
  }
  must(shortestGap >= GAP_MS - CLOCK_MS, `${kind}: two writes of a token were ${shortestGap} ms apart`);
  return { writes, pauses, shortestGap };
}

const timesOf = ({ begun, at }: LedgerCall) => ({ begun: Date.parse(begun), over: Date.parse(at) });
