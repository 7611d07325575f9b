import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { timestamp } from '../clock.js';
import type { Database } from '../state/database.js';

export interface Receiver {
  readonly url: string;
  readonly secret: string;
}

export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly state: 'waiting' | 'delivered' | 'failed';
  /** What the receiver answered last; null when it could not be reached. */
  readonly responseStatus: number | null;
  readonly createdAt: string;
}

interface Row extends Omit<Delivery, 'payload'> {
  readonly payload: string;
}

/** Waits before each try, in milliseconds; GitHub itself tries once, but its receiver is seldom just starting. */
const WAITS: readonly number[] = [0, 500, 2_000, 5_000, 15_000];
const TIMEOUT_MS = 10_000;
const KEPT = 1_000;
const COLUMNS = `id, event, payload, attempts, state, response_status AS responseStatus, created_at AS createdAt`;

/** Signed webhooks ("Validating webhook deliveries"), with a log of what became of them. */
export class Deliveries {
  private readonly ending = new AbortController();
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    private readonly db: Database,
    private readonly receiver: Receiver | undefined,
  ) {}

  /** Delivers in the background. Without a receiver there is nothing to do. */
  send(event: string, payload: object): void {
    if (this.receiver) this.start(this.store(event, payload, randomUUID()));
  }

  /** Delivers once, now. @returns the receiver's status; null when it cannot be reached */
  async sendNow(event: string, payload: object, id: string): Promise<number | null> {
    const row = this.store(event, payload, id);
    const status = await this.attempt(row);
    this.settle(row.id, status, isTaken(status) ? 'delivered' : 'failed');
    return status;
  }

  /** Goes on with what was not finished when the forge was stopped. */
  resume(): void {
    for (const row of this.db.all<Row>(`SELECT ${COLUMNS} FROM deliveries WHERE state = 'waiting'`)) this.start(row);
  }

  list(): Delivery[] {
    return this.db
      .all<Row>(`SELECT ${COLUMNS} FROM deliveries ORDER BY created_at, rowid`)
      .map((row) => ({ ...row, payload: JSON.parse(row.payload) as unknown }));
  }

  async close(): Promise<void> {
    this.ending.abort();
    await Promise.allSettled(this.running);
  }

  private store(event: string, payload: object, id: string): Row {
    const text = JSON.stringify(payload);
    const createdAt = timestamp();
    this.db.transaction(() => {
      this.db.run(
        `INSERT INTO deliveries (id, event, payload, created_at) VALUES (:id, :event, :text, :createdAt)
         ON CONFLICT (id) DO UPDATE SET event = excluded.event, payload = excluded.payload, state = 'waiting'`,
        { id, event, text, createdAt },
      );
      this.db.run(
        `DELETE FROM deliveries WHERE rowid IN (SELECT rowid FROM deliveries ORDER BY created_at DESC, rowid DESC LIMIT -1 OFFSET ${KEPT})`,
      );
    });
    return { id, event, payload: text, attempts: 0, state: 'waiting', responseStatus: null, createdAt };
  }

  private start(row: Row): void {
    const work = this.deliver(row).catch((error: unknown) => {
      // The end of the forge leaves a delivery waiting; the next start goes on with it.
      if (!this.ending.signal.aborted) process.stderr.write(`forge: delivery ${row.id} failed: ${String(error)}\n`);
    });
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  private async deliver(row: Row): Promise<void> {
    let status: number | null = null;
    for (const wait of WAITS.slice(row.attempts)) {
      await delay(wait, undefined, { signal: this.ending.signal });
      status = await this.attempt(row);
      // What the receiver has understood and refused, it would refuse again.
      if (isTaken(status) || (status !== null && status < 500 && status !== 429)) break;
      this.settle(row.id, status, 'waiting');
    }
    this.settle(row.id, status, isTaken(status) ? 'delivered' : 'failed');
  }

  private async attempt({ id, event, payload }: Row): Promise<number | null> {
    if (!this.receiver) return null;
    const { url, secret } = this.receiver;
    this.db.run('UPDATE deliveries SET attempts = attempts + 1 WHERE id = :id', { id });
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: payload,
        redirect: 'error',
        signal: AbortSignal.any([this.ending.signal, AbortSignal.timeout(TIMEOUT_MS)]),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'GitHub-Hookshot/local',
          'x-github-event': event,
          'x-github-delivery': id,
          'x-github-hook-id': '1',
          'x-github-hook-installation-target-type': 'integration',
          'x-github-hook-installation-target-id': '1',
          'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(payload).digest('hex')}`,
        },
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      this.ending.signal.throwIfAborted();
      return null;
    }
  }

  private settle(id: string, status: number | null, state: Delivery['state']): void {
    this.db.run('UPDATE deliveries SET response_status = :status, state = :state WHERE id = :id', {
      id,
      status,
      state,
    });
  }
}

const isTaken = (status: number | null): boolean => status !== null && status >= 200 && status < 300;
