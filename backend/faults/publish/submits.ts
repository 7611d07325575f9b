import { setTimeout as delay } from 'node:timers/promises';
import { ForgeControl } from '../../test/github/forge-control.js';
import { type ApiClient, signIn, spawnApi, type Stack, startStack } from '../../test/support/index.js';
import { must, type Promised, type Run } from '../promise.js';

const AT_ONCE = 50;
/** The first request is given so long to begin before its process is killed. */
const BEGUN_MS = 700;
const SLOW_MS = 3_000;
const LONGEST_BLOCKED_MS = 60_000;
const PATH = '/api/sessions';

export const publishSubmits: Promised = {
  name: 'publish.submits',
  promise: 'a request with an Idempotency-Key has one effect and one answer, however often and wherever it is sent',
  async run(at) {
    const stack = await startStack({ forge: true });
    try {
      const [first, second] = [await spawnApi(stack), await spawnApi(stack)];
      const member = await signIn(first, 'member');
      const elsewhere = member.at(second);
      const freed = killedInBetween(stack, at, member);
      const equal = await atOnce(stack, member, elsewhere);
      const waited = await inFlight(stack, member, elsewhere);
      const seconds = await freed;
      return `${AT_ONCE} at once in two processes: 1 effect, ${equal} equal answers; another body 422; one in flight was waited for (${waited} ms); a key whose process was killed was free after ${seconds} s`;
    } finally {
      await stack.stop();
    }
  },
};

interface Made {
  readonly id: string;
  readonly code?: string;
}

const send = (client: ApiClient, repo: string, title = repo) =>
  client.post<Made>(PATH, { owner: 'acme', repo, title }, { 'idempotency-key': repo });

/** A repository of which nobody knows anything yet, so that GitHub has to be asked, which takes a while. */
async function slowRepository(stack: Stack, repo: string): Promise<void> {
  const forge = new ForgeControl(stack);
  await forge.post('/repositories', { name: `acme/${repo}`, files: { 'README.md': 'Slow.' } });
  await forge.fault('latency', `^GET /repos/acme/${repo}$`, { ms: SLOW_MS });
}

const count = async (stack: Stack, title: string): Promise<number> =>
  (await stack.sql('SELECT 1 FROM sessions WHERE title = $1', [title])).length;

async function atOnce(stack: Stack, one: ApiClient, other: ApiClient): Promise<number> {
  await slowRepository(stack, 'at-once');
  const all = Array.from({ length: AT_ONCE }, (_, n) => send(n % 2 ? one : other, 'at-once'));
  const answers = await Promise.all(all);
  const kinds = new Set(answers.map(({ status, text }) => `${status} ${text}`));
  must(kinds.size === 1 && answers[0]?.status === 201, `${kinds.size} different answers: ${[...kinds].join('; ')}`);
  const effects = await count(stack, 'at-once');
  must(effects === 1, `${effects} effects`);
  const foreign = await send(other, 'at-once', 'Another body');
  must(foreign.status === 422, `another body under the same key: ${foreign.status}`);
  return answers.length;
}

async function inFlight(stack: Stack, one: ApiClient, other: ApiClient): Promise<number> {
  await slowRepository(stack, 'in-flight');
  const first = send(one, 'in-flight');
  await delay(BEGUN_MS);
  const begun = performance.now();
  const second = await send(other, 'in-flight');
  const milliseconds = Math.round(performance.now() - begun);
  const made = await first;
  must(
    made.status === 201 && made.body.id === second.body.id,
    `${made.status} ${made.text}, ${second.status} ${second.text}`,
  );
  must(milliseconds > SLOW_MS / 2, `the equal request was answered after ${milliseconds} ms`);
  must((await count(stack, 'in-flight')) === 1, 'the equal request had an effect of its own');
  return milliseconds;
}

/** The process dies in the middle of the first request; an equal one is sent until it is answered. */
async function killedInBetween(stack: Stack, { note }: Run, member: ApiClient): Promise<number> {
  const doomed = await spawnApi(stack);
  await slowRepository(stack, 'killed');
  const lost = send(member.at(doomed), 'killed').catch(() => undefined);
  await delay(BEGUN_MS);
  must((await count(stack, 'killed')) === 0, 'the request was over before its process was killed');
  await doomed.process.end('SIGKILL');
  await lost;
  const begun = performance.now();
  const seconds = (): number => Math.round((performance.now() - begun) / 1_000);
  for (;;) {
    const answer = await send(member, 'killed');
    note(`the key of a killed process: ${answer.status} after ${seconds()} s`);
    if (answer.status === 201) break;
    must(answer.status === 409, `the key of a killed process: ${answer.status} ${answer.text}`);
    must(performance.now() - begun < LONGEST_BLOCKED_MS, `the key was blocked for ${seconds()} s`);
  }
  must((await count(stack, 'killed')) === 1, 'more than one effect');
  return seconds();
}
