import type { EntityManager } from 'typeorm';
import type { Lease, Leases } from '../../../platform/database/lease.js';
import type { Transactions } from '../../../platform/database/transactions.js';
import type { NewSolveEvent, SolveEventsRepository } from '../repositories/solve-events.repository.js';
import type { SolveNotifier } from '../solve.notifier.js';

const FLUSH_MS = 150;
const LONGEST_CHUNK = 8_000;
/** Of one command; what a command prints beyond it is counted, not stored. */
const MOST_OUTPUT = 200_000;

export interface RecorderParts {
  readonly lease: Lease;
  readonly leases: Leases;
  readonly transactions: Transactions;
  readonly events: SolveEventsRepository;
  readonly notifier: SolveNotifier;
}

/** A change that is stored together with an event, or not at all. */
export type Change = (tx: EntityManager) => Promise<unknown>;

/**
 * Writes a solve's events in their order, and only while the lease is held: nothing follows the last event of a solve that
 * was ended from outside. Output comes in many small pieces, so it is gathered for a moment; everything else is written at
 * once, after the output before it.
 */
export class SolveRecorder {
  private pending: NewSolveEvent[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private stored = 0;
  private dropped = 0;

  constructor(private readonly parts: RecorderParts) {}

  /** A piece of a command's output, in step `n`. */
  output(n: number, stream: 'stdout' | 'stderr', text: string): void {
    const room = MOST_OUTPUT - this.stored;
    const kept = text.slice(0, Math.max(0, room));
    this.dropped += text.length - kept.length;
    if (kept === '') return;
    this.stored += kept.length;
    const last = this.pending.at(-1);
    if (last?.type === 'output' && last.data['stream'] === stream && String(last.data['text']).length < LONGEST_CHUNK) {
      last.data['text'] = String(last.data['text']) + kept;
    } else {
      this.pending.push({ type: 'output', data: { n, stream, text: kept } });
    }
    this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), FLUSH_MS);
  }

  /** Begins a new command: the bound on stored output starts anew. */
  beginCommand(): void {
    this.stored = 0;
    this.dropped = 0;
  }

  /**
   * Any other event, with a change that belongs to it. Resolves when both, and all before them, are stored.
   * @throws LeaseLostError when the solve is no longer this worker's; then nothing is stored.
   */
  async event(event: NewSolveEvent, change?: Change): Promise<void> {
    if (this.dropped > 0) {
      this.pending.push({ type: 'notice', data: { text: `${this.dropped} more characters of output were not kept.` } });
      this.dropped = 0;
    }
    this.pending.push(event);
    await this.flush(change);
  }

  /** A change of which no event tells. */
  store(change: Change): Promise<void> {
    return this.flush(change);
  }

  private flush(change?: Change): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const turn = this.writing.then(() => this.write(change));
    this.writing = turn.catch(() => undefined);
    return turn;
  }

  private async write(change?: Change): Promise<void> {
    const batch = this.pending;
    this.pending = [];
    if (batch.length === 0 && !change) return;
    const { lease, leases, transactions, events, notifier } = this.parts;
    try {
      await transactions.run(async (tx) => {
        await leases.assertHeld(tx, lease);
        await events.append(tx, lease.id, batch);
        await change?.(tx);
      });
    } catch (error) {
      this.pending = [...batch, ...this.pending];
      throw error;
    }
    await notifier.eventsAppended(lease.id);
  }
}
