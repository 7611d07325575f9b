import { setTimeout as delay } from 'node:timers/promises';
import { markedIssueId } from '../../src/modules/issues/publishing/marker.js';
import { newId } from '../../src/platform/database/ids.js';
import { ForgeControl } from '../../test/github/forge-control.js';
import {
  type Api,
  type ApiClient,
  spawnApi,
  spawnWorker,
  type Stack,
  startStack,
  type TestProcess,
  waitFor,
} from '../../test/support/index.js';
import { must, type Promised, type Run } from '../promise.js';
import { gather, ledgerOf, type Person } from '../publish/crowd.js';
import { Load } from './load.js';
import { readStream } from './stream-reader.js';

const ROUNDS = 20;
const PEOPLE = 4;
const LONGEST_END_MS = 20_000;
/** What was handed over is found by the next worker within seconds, and then done anew. */
const HANDED_OVER_MS = 60_000;
const MOST_LOAD_MS = 1_000;
const CREATE = '^POST /repos/acme/todo-api/issues$';
/** GitHub takes so long for each issue, the model so long for each word. */
const SLOW_MS = { issue: 700, word: 150 };

export const lifeSigterm: Promised = {
  name: 'life.sigterm',
  promise: 'servers that are told to end answer what they were asked, send their streams on and hand their jobs over',
  async run(at) {
    const env = { SHUTDOWN_SECONDS: '9', DATABASE_POOL: '10' };
    const stack = await startStack({ forge: true, model: true, env });
    try {
      return await new Restarts(stack, at).run();
    } finally {
      await stack.stop();
    }
  },
};

interface Servers {
  readonly api: Api & { readonly process: TestProcess };
  readonly worker: TestProcess;
}

interface Answer {
  readonly status: string;
  readonly error: object | null;
}

/** One pair of api and worker after another, each ended under load while its successors start. */
class Restarts {
  private requests = 0;
  private longestEnd = 0;
  /** Errors in the logs of those that have ended. */
  private readonly complaints: string[] = [];
  private readonly issues: string[] = [];
  private readonly answers: { readonly client: ApiClient; readonly path: string; readonly id: string }[] = [];

  constructor(
    private readonly stack: Stack,
    private readonly at: Run,
  ) {}

  async run(): Promise<string> {
    let servers = await this.spawn();
    const people = await gather(this.stack, servers.api, 'todo-api', PEOPLE);
    for (let round = 1; round <= ROUNDS; round++) {
      const successors = this.spawn();
      await this.end(servers, people);
      servers = await successors;
      if (round % 2 === 0) this.at.note(`${round} ends, ${this.requests} requests, longest ${this.longestEnd} ms`);
    }
    const begun = performance.now();
    await this.handedOver(servers);
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    return `${ROUNDS} of ${ROUNDS} ends of api and worker: ${this.requests} accepted requests, 0 failed; each stream sent on; ${this.issues.length} issues and ${this.answers.length} answers gone on with, the last done ${seconds} s after the last end; longest end ${this.longestEnd} ms`;
  }

  private async spawn(): Promise<Servers> {
    const [api, worker] = await Promise.all([spawnApi(this.stack), spawnWorker(this.stack)]);
    return { api, worker };
  }

  private async end({ api, worker }: Servers, people: readonly Person[]): Promise<void> {
    await new ForgeControl(this.stack).fault('slow', CREATE, { ms: SLOW_MS.issue, times: PEOPLE });
    await this.slowModel();
    const here = people.map((person) => ({ ...person, client: person.client.at(api) }));
    const clients = here.map(({ client }) => client);
    const stream = readStream(clients[0] as ApiClient, '/api/events');
    const load = new Load(clients);
    await this.ask(here[1] as Person);
    for (const person of here) load.add((await this.publish(person)).request);
    await delay(this.at.random() * MOST_LOAD_MS);
    load.stop();
    await Promise.all([this.endOne(api.process), this.endOne(worker)]);
    const { accepted, failed } = await load.ended();
    must(
      failed.length === 0,
      `${failed.length} of ${accepted} accepted requests failed: ${failed.slice(0, 3).join('; ')}`,
    );
    this.requests += accepted;
    const { retries, isClean } = await stream;
    must(
      isClean && retries.length === 2,
      `a stream ended ${isClean ? 'well' : 'by force'}, told to come back: ${retries.join()}`,
    );
  }

  private async endOne(one: TestProcess): Promise<void> {
    const begun = performance.now();
    await one.end('SIGTERM');
    this.complaints.push(...one.output.split('\n').filter((line) => line.includes('"level":"error"')));
    const milliseconds = Math.round(performance.now() - begun);
    must(milliseconds <= LONGEST_END_MS, `a process took ${milliseconds} ms to end`);
    this.longestEnd = Math.max(this.longestEnd, milliseconds);
  }

  private async slowModel(): Promise<void> {
    const body = JSON.stringify({ kind: 'slow', ms: SLOW_MS.word });
    await fetch(`${this.stack.modelUrl}/_model/faults`, { method: 'POST', body });
  }

  /** @returns the answer under way */
  private async publish({ client, sessionId, userId }: Person): Promise<{ request: ReturnType<ApiClient['post']> }> {
    const id = newId();
    await this.stack.sql(
      `INSERT INTO issues (id, session_id, created_by, requested_by, status, title, body, labels, assignees, acceptance, revision)
       VALUES ($1, $2, $3, $3, 'draft', 'Published at the end', '', '{}', '{}', '{}', 1)`,
      [id, sessionId, userId],
    );
    this.issues.push(id);
    return { request: client.post(`/api/issues/${id}/publish`) };
  }

  private async ask({ client, sessionId }: Person): Promise<void> {
    const path = `/api/sessions/${sessionId}/messages`;
    const message = { text: 'How are to-dos kept, and where are they sorted?', clientMessageId: newId() };
    const sent = await client.post<{ answer: { id: string } }>(path, message);
    must(sent.status === 201, `a message was refused: ${sent.status} ${sent.text}`);
    this.answers.push({ client, path, id: sent.body.answer.id });
  }

  /** What was begun under one server is finished under another: each issue is there once, each answer is whole. */
  private async handedOver({ api }: Servers): Promise<void> {
    const { stack, issues, answers } = this;
    await waitFor(
      'what was handed over to be done',
      async () => {
        const [open] = await stack.sql<{ count: string }>(
          `SELECT (SELECT count(*) FROM issues WHERE status = 'publishing') + (SELECT count(*) FROM messages WHERE status = 'streaming') AS count`,
        );
        return Number(open?.count) === 0;
      },
      HANDED_OVER_MS,
    );
    const made = (await ledgerOf(stack)).issues.map(({ body }) => markedIssueId(body ?? ''));
    must(
      made.length === issues.length && issues.every((id) => made.includes(id)),
      `${made.length} issues on GitHub for ${issues.length}`,
    );
    for (const { client, path, id } of answers) {
      const page = await client.at(api).get<{ items: Answer[] }>(`${path}?leaf=${id}&limit=1`);
      const { status, error } = page.body.items[0] as Answer;
      must(
        status === 'complete',
        `an answer that was handed over is ${status}: ${JSON.stringify(error)}, ${this.complaints.join()}`,
      );
    }
  }
}
