import { Redis } from 'ioredis';
import { type Stack, waitFor } from '../../test/support/index.js';
import { must, type Run } from '../promise.js';
import { type MortalWorker, STATES } from './mortal-worker.js';

export interface Ordeal {
  readonly at: Run;
  /** Before its lines. */
  readonly name: string;
  readonly stack: Stack;
  readonly worker: MortalWorker;
  readonly kills: number;
  /** In each state; where chance has left one out, the worker is killed some more. */
  readonly leastOfEach: number;
  /** Whether Redis is emptied at every second kill. */
  readonly isFlushed: boolean;
  /** What people ask for, bit by bit; each gives the status of its answer. */
  readonly work: readonly (() => Promise<number>)[];
  /** What goes wrong on GitHub's side until the next kill. */
  readonly trouble: () => Promise<void>;
  readonly settledMs: number;
}

const LONGEST_LIFE_MS = 1_500;
/** For a state that was chosen. */
const LONGEST_AIM_MS = 5_000;
const NOTE_MS = 5_000;

/**
 * Has people ask for things while their worker is killed again and again: at a random moment, and every other time when an
 * intent is seen in the state in which the fewest kills fell so far. Then lets a worker live until every intent has ended.
 * @returns the statuses of the answers
 */
export async function killing(ordeal: Ordeal): Promise<number[]> {
  const { at, name, stack, worker, kills, leastOfEach, isFlushed, work, trouble } = ordeal;
  const answers: Promise<number>[] = [];
  const waiting = [...work];
  const short = (): boolean => STATES.some((state) => (worker.fell.get(state) ?? 0) < leastOfEach);
  for (let count = 1; count <= kills || (count <= 2 * kills && short()); count++) {
    await clearFaults(stack);
    await trouble();
    await worker.live();
    for (const one of waiting.splice(0, Math.ceil(work.length / kills))) answers.push(one());
    if (count % 2 === 1) await worker.killIn(at.random() * LONGEST_LIFE_MS);
    else await worker.killAt(worker.rarest, LONGEST_AIM_MS);
    if (isFlushed && count % 2 === 0) await flush(stack);
    if (count % 5 === 0) at.note(`${name}: ${count} kills, in ${worker.histogram}`);
  }
  must(!short(), `${name}: too few kills fell in a state: ${worker.histogram}`);
  await worker.live();
  await settled(ordeal);
  return Promise.all(answers);
}

async function clearFaults(stack: Stack): Promise<void> {
  await fetch(`${stack.forgeUrl}/_forge/faults`, { method: 'DELETE' });
}

async function flush(stack: Stack): Promise<void> {
  const redis = new Redis(stack.redisUrl);
  await redis.flushdb();
  await redis.quit();
}

async function settled({ at, name, worker, work, settledMs }: Ordeal): Promise<void> {
  let told = Date.now();
  await waitFor(
    `${name}: every intent to end`,
    async () => {
      const { claimed = 0, sent = 0, ...ended } = await worker.statuses();
      const count = Object.values(ended).reduce((sum, part) => sum + part, 0);
      if (Date.now() - told > NOTE_MS) {
        at.note(`${name}: ${claimed} claimed, ${sent} sent, ${count} ended`);
        told = Date.now();
      }
      return count === work.length;
    },
    settledMs,
  );
}
