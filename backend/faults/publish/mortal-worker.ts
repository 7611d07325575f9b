import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { spawnWorker, type Stack, type TestProcess } from '../../test/support/index.js';

/** How far an intent had come: taken by the worker, perhaps on its way to GitHub, stored as done. */
export const STATES = ['claimed', 'sent', 'recorded'] as const;
export type State = (typeof STATES)[number];

interface Held {
  readonly id: string;
  readonly fence: number;
  readonly status: string;
}

const SOON_MS = 100;

/**
 * A worker that is killed without warning. It counts in which states the intents were that it held then: a row's lease
 * outlives its worker, so a lease that nobody gave back names the state in which the kill fell.
 */
export class MortalWorker {
  /** In how many kills an intent was cut in each state; `idle` = nothing was held. */
  readonly fell = new Map<State | 'idle', number>([...STATES, 'idle' as const].map((state) => [state, 0]));
  private worker: TestProcess | undefined;
  private readonly counted = new Set<string>();
  private waiting: { readonly state: State; readonly met: () => void } | undefined;

  private constructor(
    private readonly stack: Stack,
    private readonly table: string,
    listener: Client,
  ) {
    listener.on('notification', ({ payload }) => {
      if (this.waiting && stateOf(payload ?? '') === this.waiting.state) this.waiting.met();
    });
  }

  /** @param table of intents, with a lease and a status */
  static async over(stack: Stack, table: string): Promise<MortalWorker> {
    await stack.sql(`CREATE FUNCTION tell_steps() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_notify('steps', NEW.status); RETURN NULL; END $$`);
    await stack.sql(`CREATE TRIGGER tell_steps AFTER UPDATE ON ${table} FOR EACH ROW
      WHEN (NEW.lease_until IS NOT NULL AND (NEW.fence <> OLD.fence OR NEW.status <> OLD.status)) EXECUTE FUNCTION tell_steps()`);
    const listener = new Client({ connectionString: stack.databaseUrl });
    await listener.connect();
    await listener.query('LISTEN steps');
    stack.onStop(() => listener.end());
    return new MortalWorker(stack, table, listener);
  }

  async live(): Promise<void> {
    this.worker = await spawnWorker(this.stack);
  }

  /** Kills it in so many milliseconds. */
  async killIn(milliseconds: number): Promise<void> {
    await delay(milliseconds);
    await this.kill();
  }

  /** Kills it as soon as an intent is seen to be in this state, at the latest after so many milliseconds. */
  async killAt(state: State, longestMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestMs);
      const met = (): void => {
        clearTimeout(timer);
        this.signal();
        resolve();
      };
      this.waiting = { state, met };
    });
    this.waiting = undefined;
    await this.kill();
  }

  /** The state in which the fewest kills fell. */
  get rarest(): State {
    return [...STATES].sort((a, b) => (this.fell.get(a) ?? 0) - (this.fell.get(b) ?? 0))[0] ?? 'claimed';
  }

  get histogram(): string {
    return [...this.fell].map(([state, count]) => `${state} ${count}`).join(', ');
  }

  /** How many intents stand in each status. */
  async statuses(): Promise<Record<string, number>> {
    const rows = await this.stack.sql<{ status: string; count: string }>(
      `SELECT status, count(*) FROM ${this.table} GROUP BY status`,
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
  }

  private signal(): void {
    if (this.worker) process.kill(this.worker.pid, 'SIGKILL');
  }

  private async kill(): Promise<void> {
    await this.worker?.end('SIGKILL');
    await delay(SOON_MS);
    const held = await this.stack.sql<Held>(
      `SELECT id, fence, status FROM ${this.table} WHERE lease_until > now() AND lease_until IS NOT NULL`,
    );
    const cut = held.filter(({ id, fence }) => !this.counted.has(`${id} ${fence}`));
    for (const { id, fence } of cut) this.counted.add(`${id} ${fence}`);
    const states = new Set<State | 'idle'>(cut.map(({ status }) => stateOf(status)));
    if (states.size === 0) states.add('idle');
    for (const state of states) this.fell.set(state, (this.fell.get(state) ?? 0) + 1);
  }
}

/** A pull request that is recorded is open from then on. */
function stateOf(status: string): State {
  return status === 'claimed' || status === 'sent' ? status : 'recorded';
}
