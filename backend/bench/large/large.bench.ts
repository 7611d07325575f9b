import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { signIn, spawnApi, spawnWorker, startStack, waitFor } from '../../test/support/index.js';
import { reservePort } from '../../test/support/ports.js';
import type { Figure } from '../figure.js';
import { largeRepository } from './large-repository.js';

const FILES = 10_000;
const IDLE_SECONDS = 20;
const HOURS_1 = 3_600_000;
const MEGABYTE = 1_048_576;

/**
 * A repository of 10,000 files is indexed by a worker with an api beside it, as the product runs: what the worker's process
 * holds at most with all its threads, and how late the api's event loop ever was, beside how late it was before.
 */
export async function large(): Promise<Figure[]> {
  const repository = await largeRepository(FILES);
  const stack = await startStack({ forge: true, repositories: [repository] });
  stack.onStop(() => rm(dirname(dirname(repository)), { recursive: true, force: true }));
  try {
    const metrics = await reservePort();
    const api = await spawnApi(stack, { METRICS_PORT: String(metrics) }, 'built');
    const worker = await spawnWorker(stack, {}, 'built');
    const member = await signIn(api, 'member');
    const idle = new LoopDelay(metrics);
    await waitFor('a while', async () => ((await idle.look()) >= IDLE_SECONDS ? true : undefined), HOURS_1);
    const busy = new LoopDelay(metrics);
    const { body: session } = await member.post<{ id: string }>('/api/sessions', { owner: 'bench', repo: 'large' });
    const begun = performance.now();
    const chunks = await waitFor(
      'the index',
      async () => {
        await busy.look();
        const { body } = await member.get<{ index: { status: string; chunks: number } }>(`/api/sessions/${session.id}`);
        if (body.index.status === 'failed') throw new Error('indexing failed');
        return body.index.status === 'ready' ? body.index.chunks : undefined;
      },
      HOURS_1,
    );
    const minutes = (performance.now() - begun) / 60_000;
    return [
      {
        what: `worker, ${FILES} files, ${chunks} chunks`,
        value: (await mostResident(worker.pid)) / MEGABYTE,
        unit: 'MB',
      },
      { what: 'the same, how long', value: minutes, unit: 'min' },
      {
        what: 'api’s event loop late, at most',
        value: busy.most,
        unit: 'ms',
        reference: { what: 'the same api before', value: idle.most },
      },
    ];
  } finally {
    await stack.stop();
  }
}

/** What the api says itself of its event loop, of which it is asked once a second. */
class LoopDelay {
  private readonly begun = performance.now();
  /** In ms. */
  most = 0;

  constructor(private readonly port: number) {}

  /** @returns for how many seconds this has gone on. */
  async look(): Promise<number> {
    await wait(1_000);
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    const seconds = Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]);
    // The first answer is about everything since the process began.
    if (performance.now() - this.begun > 1_500) this.most = Math.max(this.most, seconds * 1_000);
    return (performance.now() - this.begun) / 1_000;
  }
}

/** The most memory that a process has held so far, its threads' included, in bytes; Linux counts it itself. */
async function mostResident(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) * 1_024;
}
