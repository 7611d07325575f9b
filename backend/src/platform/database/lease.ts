import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';

/** A worker's right to a row. `fence` rises with each claim, so a write of an earlier holder can be refused. */
export interface Lease {
  readonly table: string;
  readonly id: string;
  readonly fence: number;
}

export interface LeaseOptions {
  /** How long the row is mine without a heartbeat. */
  readonly seconds: number;
}

/** The row is somebody else's, or about to be: what the earlier holder still does must not be stored. */
export class LeaseLostError extends Error {
  constructor({ table, id }: Pick<Lease, 'table' | 'id'>) {
    super(`The lease on ${table} ${id} was lost.`);
    this.name = 'LeaseLostError';
  }
}

/** A row that this process works on, or is about to: from before its claim, so that who hands over waits for that, too. */
interface Hold {
  readonly table: string;
  readonly id: string;
  /** Aborts the work. */
  readonly lost: AbortController;
  readonly ended: Promise<unknown>;
}

const IDENTIFIER = /^[a-z_]+$/;

/**
 * Exclusive work on a row, by a lease in the row itself. A session or advisory lock would not do: it does not exclude on
 * every server this product runs on, and it is lost silently with its connection.
 * The table has `lease_until timestamptz`, `fence integer`, `attempts integer`.
 */
@Injectable()
export class Leases {
  private readonly logger = new Logger(Leases.name);
  private readonly holds = new Set<Hold>();
  private isEnding = false;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Takes the row if nobody holds it. */
  async claim(table: string, id: string, { seconds }: LeaseOptions): Promise<Lease | null> {
    const [rows] = await this.dataSource.query<[{ fence: number }[], number]>(
      `UPDATE ${identifier(table)}
          SET lease_until = now() + make_interval(secs => $2), fence = fence + 1, attempts = attempts + 1
        WHERE id = $1 AND (lease_until IS NULL OR lease_until < now())
        RETURNING fence`,
      [id, seconds],
    );
    const row = rows[0];
    return row ? { table, id, fence: row.fence } : null;
  }

  /** Prolongs a lease; false when it is no longer mine. */
  async heartbeat(lease: Lease, { seconds }: LeaseOptions): Promise<boolean> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE ${identifier(lease.table)} SET lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND fence = $2`,
      [lease.id, lease.fence, seconds],
    );
    return count === 1;
  }

  /** Gives the row back; a lease that was lost in the meantime is left alone. */
  async release(lease: Lease): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${identifier(lease.table)} SET lease_until = NULL WHERE id = $1 AND fence = $2`,
      [lease.id, lease.fence],
    );
  }

  /** Locks the row inside the transaction that stores the result and makes sure that the lease is still mine. */
  async assertHeld(tx: EntityManager, lease: Lease): Promise<void> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM ${identifier(lease.table)} WHERE id = $1 AND fence = $2 FOR UPDATE`,
      [lease.id, lease.fence],
    );
    if (rows.length === 0) throw new LeaseLostError(lease);
  }

  /**
   * Claims the row and keeps the lease alive while `work` runs; its signal aborts when the lease is lost.
   * @returns null when somebody else holds the row, and in a process that is about to end.
   */
  async hold<T>(
    table: string,
    id: string,
    options: LeaseOptions,
    work: (lease: Lease, signal: AbortSignal) => Promise<T>,
  ): Promise<T | null> {
    if (this.isEnding) return null;
    const lost = new AbortController();
    const ended = this.claim(table, id, options).then((lease) => lease && this.keep(lease, lost, options, work));
    const hold = { table, id, lost, ended };
    this.holds.add(hold);
    return ended.finally(() => this.holds.delete(hold));
  }

  /**
   * Takes no row any more, and gives back those that are held: when their work ends by itself, and after `patienceMs` by
   * aborting it. Resolves when none is held.
   * @returns how many were aborted
   */
  async handOver(patienceMs: number): Promise<number> {
    this.isEnding = true;
    const ended = Promise.allSettled([...this.holds].map((hold) => hold.ended));
    await Promise.race([ended, delay(patienceMs, undefined, { ref: false })]);
    const left = [...this.holds];
    for (const { lost, ...row } of left) lost.abort(new LeaseLostError(row));
    await ended;
    return left.length;
  }

  private async keep<T>(
    lease: Lease,
    lost: AbortController,
    options: LeaseOptions,
    work: (lease: Lease, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { table, id } = lease;
    const timer = setInterval(
      () => {
        this.heartbeat(lease, options).then(
          (mine) => {
            if (!mine) lost.abort(new LeaseLostError(lease));
          },
          (error: unknown) => this.logger.warn({ message: 'heartbeat failed', table, id, error }),
        );
      },
      (options.seconds * 1_000) / 3,
    );
    try {
      return await work(lease, lost.signal);
    } finally {
      clearInterval(timer);
      await (lost.signal.aborted ? this.handBack(lease) : this.release(lease));
    }
  }

  /** Gives the row back as it was taken: that a process ends is no attempt that went wrong. */
  private async handBack(lease: Lease): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${identifier(lease.table)} SET lease_until = NULL, attempts = greatest(attempts - 1, 0)
        WHERE id = $1 AND fence = $2`,
      [lease.id, lease.fence],
    );
  }
}

/** Table names come from code, never from input; this keeps it so. */
function identifier(table: string): string {
  if (!IDENTIFIER.test(table)) throw new TypeError(`not a table name: ${table}`);
  return `"${table}"`;
}
