import { type Lease, LeaseLostError, type Leases } from '../../../platform/database/lease.js';
import type { SolveNotifier } from '../solve.notifier.js';

/** How long a worker's claim on a solve outlives the worker. */
export const LEASE_SECONDS = 20;
/** How often it is prolonged, and with it the latest a cancellation is noticed when its message is lost. */
const BEAT_MS = 2_000;

/**
 * Keeps a claimed solve mine until it is released; `signal` aborts as soon as it is not, which is how a cancellation
 * reaches a running worker.
 */
export class SolveLease {
  private readonly lost = new AbortController();
  private readonly done = new AbortController();
  private beating: Promise<void> = Promise.resolve();

  constructor(
    readonly lease: Lease,
    private readonly leases: Leases,
    private readonly notifier: SolveNotifier,
  ) {}

  get signal(): AbortSignal {
    return this.lost.signal;
  }

  start(): void {
    this.beating = this.beat();
  }

  async release(): Promise<void> {
    this.done.abort();
    await this.beating;
    await this.leases.release(this.lease);
  }

  private async beat(): Promise<void> {
    const listener = await this.notifier.listenForEnd(this.lease.id);
    do {
      await listener.next(BEAT_MS, this.done.signal);
    } while (!this.done.signal.aborted && (await this.prolong()));
    await listener.close();
  }

  /** A database that is away for a moment does not end the work; whoever has taken it over meanwhile is seen later. */
  private async prolong(): Promise<boolean> {
    const mine = await this.leases.heartbeat(this.lease, { seconds: LEASE_SECONDS }).catch(() => true);
    if (!mine) this.lost.abort(new LeaseLostError(this.lease));
    return mine;
  }
}
