import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '../../src/platform/database/ids.js';
import { Proxy } from '../../test/platform/proxy.js';
import {
  anonymous,
  type Api,
  type ApiClient,
  signIn,
  spawnApi,
  spawnWorker,
  type Stack,
  startStack,
  type TestProcess,
  waitFor,
} from '../../test/support/index.js';
import { must, type Promised, type Run } from '../promise.js';

const SYSTEMS = ['postgres', 'redis', 'github', 'model'] as const;
type System = (typeof SYSTEMS)[number];
const FAULTS = ['down', 'slow', 'cut'] as const;
type Fault = (typeof FAULTS)[number];

/** How readiness names each. */
const CHECK: Readonly<Record<System, string>> = {
  postgres: 'database',
  redis: 'redis',
  github: 'github',
  model: 'llm',
};
const NAMES: Readonly<Record<System, string>> = {
  postgres: 'PostgreSQL',
  redis: 'Redis',
  github: 'GitHub',
  model: 'the model',
};
const SLOWER_MS = 2_000;
const OUTAGE_MS = 4_000;
/** No request may take longer, whatever is wrong. */
const BOUND_MS = 30_000;
const RECOVERY_MS = 10_000;
const PAUSE_MS = 200;

export const lifeOutages: readonly Promised[] = SYSTEMS.map((system) => ({
  name: `life.${system}`,
  promise: `the servers live through an outage of ${NAMES[system]}, name it, hang no request and are well again without a restart`,
  run: (at) => outages(system, at),
}));

interface Scene {
  readonly stack: Stack;
  readonly api: Api & { readonly process: TestProcess };
  readonly worker: TestProcess;
  readonly member: ApiClient;
  readonly admin: ApiClient;
  readonly sessionId: string;
  readonly line: Proxy;
}

async function outages(system: System, at: Run): Promise<string> {
  const stack = await startStack({ forge: true, model: true });
  try {
    const scene = await begin(stack, system);
    const figures: string[] = [];
    for (const fault of FAULTS) {
      const figure = await outage(scene, system, fault);
      at.note(`${fault}: ${figure}`);
      figures.push(`${fault}: ${figure}`);
    }
    return figures.join('; ');
  } finally {
    await stack.stop();
  }
}

/** Api and worker reach one of the four through a line that can be cut. */
async function begin(stack: Stack, system: System): Promise<Scene> {
  const urls = { postgres: stack.databaseUrl, redis: stack.redisUrl, github: stack.forgeUrl, model: stack.modelUrl };
  const { proxy, url } = await Proxy.to(urls[system]);
  stack.onStop(() => proxy.close());
  const through = url.replace(/\/$/, '');
  const env: Readonly<Record<System, Readonly<Record<string, string>>>> = {
    postgres: { DATABASE_URL: url },
    redis: { REDIS_URL: url },
    github: { GITHUB_URL: through, GITHUB_API_URL: `${through}/api` },
    model: { LLM_BASE_URL: `${through}/v1` },
  };
  const limits = { LLM_TIMEOUT_SECONDS: '10' };
  const [api, worker] = await Promise.all([
    spawnApi(stack, { ...env[system], ...limits }),
    spawnWorker(stack, { ...env[system], ...limits }),
  ]);
  const [member, admin] = [await signIn(api, 'member'), await signIn(api, 'admin')];
  const session = await member.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'todo-api' });
  must(session.status === 201, `no session: ${session.text}`);
  return { stack, api, worker, member, admin, sessionId: session.body.id, line: proxy };
}

/** @returns how many requests were made, the longest of them, and how soon all was well again */
async function outage(scene: Scene, system: System, fault: Fault): Promise<string> {
  const { line, api, worker } = scene;
  const leaving = await signIn(api, 'auditor');
  if (fault === 'down') line.cut();
  else if (fault === 'slow') line.slow(SLOWER_MS);
  else line.break();
  const probes = new Probes(scene);
  try {
    const named = waitFor(
      `readiness to name ${system}`,
      async () => (await downAt(api)).includes(CHECK[system]),
      BOUND_MS,
    );
    if (system === 'github' && fault === 'down') await withoutGithub(scene, leaving);
    await Promise.all([named, delay(OUTAGE_MS)]);
    line.mend();
    const mended = performance.now();
    await waitFor(`all to be well after ${fault}`, () => isWell(scene), RECOVERY_MS);
    const recovery = ((performance.now() - mended) / 1_000).toFixed(1);
    const { count, longest } = await probes.end();
    must(longest <= BOUND_MS, `${fault}: a request took ${longest} ms`);
    must(await isWorked(scene), `${fault}: the worker does not work afterwards`);
    return `${count} requests, the longest ${(longest / 1_000).toFixed(1)} s, well after ${recovery} s`;
  } catch (error) {
    const ended = [api.process, worker].filter(({ hasEnded }) => hasEnded).map(({ output }) => output.slice(-500));
    throw new Error(`${fault}: ${ended.length} processes have ended; ${String(error)} ${ended.join()}`, {
      cause: error,
    });
  } finally {
    await probes.end().catch(() => undefined);
  }
}

async function downAt(api: Api): Promise<string[]> {
  const { body } = await anonymous(api).get<{ checks?: Record<string, { status: string }> }>('/api/health/ready');
  return Object.entries(body.checks ?? {})
    .filter(([, { status }]) => status === 'down')
    .map(([name]) => name);
}

/** Ready, and people can read and write. */
async function isWell({ api, member, sessionId }: Scene): Promise<boolean> {
  const ready = await anonymous(api).get<{ checks?: Record<string, { status: string }> }>('/api/health/ready');
  const isUp = ready.status === 200 && Object.values(ready.body.checks ?? {}).every(({ status }) => status === 'up');
  return isUp && (await member.patch(`/api/sessions/${sessionId}`, { title: 'Well' })).status === 200;
}

/** A draft needs the queue, the database, GitHub's rights and the model. */
async function isWorked({ member, sessionId }: Scene): Promise<boolean> {
  const asked = await member.post<{ id: string }>(`/api/sessions/${sessionId}/issues`, {
    instructions: 'About paging.',
  });
  must(asked.status === 201, `a draft was refused after the outage: ${asked.status} ${asked.text}`);
  const look = async (): Promise<string | false> => {
    const { body } = await member.get<{ status: string }>(`/api/issues/${asked.body.id}`);
    return body.status !== 'drafting' && body.status;
  };
  return (await waitFor('a draft after the outage', look, BOUND_MS)) === 'draft';
}

async function withoutGithub({ admin }: Scene, leaving: ApiClient): Promise<void> {
  const audit = await admin.get('/api/audit/entries?limit=5');
  must(audit.status === 200, `the audit trail cannot be read without GitHub: ${audit.status} ${audit.text}`);
  const left = await leaving.post('/api/auth/logout');
  must(left.status < 300, `nobody can sign out without GitHub: ${left.status} ${left.text}`);
  const gone = await leaving.get('/api/auth/me');
  must(gone.status === 401, `who signed out is still signed in: ${gone.status}`);
}

/** Reads and writes all through an outage: each is answered within its bound, and well or with a clear refusal. */
class Probes {
  private isOver = false;
  private count = 0;
  private longest = 0;
  private readonly failures: string[] = [];
  private readonly running: Promise<void>[];

  constructor({ member, admin, sessionId }: Scene) {
    const message = () => ({ text: 'Where are to-dos sorted?', clientMessageId: newId() });
    const draft = { instructions: 'About sorting.' };
    const all: (() => Promise<{ status: number; text: string }>)[] = [
      () => member.get('/api/auth/me'),
      () => member.get(`/api/sessions/${sessionId}`),
      () => member.get('/api/github/repositories?limit=5'),
      () => admin.get('/api/audit/entries?limit=5'),
      () => member.patch(`/api/sessions/${sessionId}`, { title: 'Under way' }),
      () => member.post(`/api/sessions/${sessionId}/messages`, message()),
      () => member.post(`/api/sessions/${sessionId}/issues`, draft),
    ];
    this.running = all.map((probe) =>
      this.again(probe).catch((error: unknown) => {
        this.failures.push(error instanceof Error ? error.message : String(error));
      }),
    );
  }

  async end(): Promise<{ count: number; longest: number }> {
    this.isOver = true;
    await Promise.all(this.running);
    must(this.failures.length === 0, this.failures.join('; '));
    return { count: this.count, longest: Math.round(this.longest) };
  }

  private async again(probe: () => Promise<{ status: number; text: string }>): Promise<void> {
    while (!this.isOver) {
      const begun = performance.now();
      const { status, text } = await probe();
      this.longest = Math.max(this.longest, performance.now() - begun);
      this.count++;
      must(
        status < 400 || (text.includes('"code"') && text.includes('"requestId"')),
        `an unclear refusal: ${status} ${text}`,
      );
      await delay(PAUSE_MS);
    }
  }
}
