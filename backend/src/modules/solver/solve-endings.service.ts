import { Injectable } from '@nestjs/common';
import { InjectQueue } from '@nestjs/bull';
import type { Queue } from 'bull';
import type { EntityManager } from 'typeorm';
import type { Lease } from '../../platform/database/lease.js';
import { storableText } from '../../platform/database/storable.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { WakeUp } from '../../platform/queue/queues.js';
import { wake } from '../../platform/queue/wake.js';
import { AuditLog } from '../audit/index.js';
import type { Solve } from './entities/solve.entity.js';
import { type NewSolveEvent, SolveEventsRepository } from './repositories/solve-events.repository.js';
import { type Outcome, SolvesRepository } from './repositories/solves.repository.js';
import { SolveNotifier } from './solve.notifier.js';

const NEXT_WAITING = 10;

/** The ways a solve ends, each stored with its last events and its audit entry in one transaction. */
@Injectable()
export class SolveEndings {
  constructor(
    private readonly transactions: Transactions,
    private readonly solves: SolvesRepository,
    private readonly events: SolveEventsRepository,
    private readonly notifier: SolveNotifier,
    private readonly audit: AuditLog,
    @InjectQueue('solve') private readonly queue: Queue<WakeUp>,
  ) {}

  /** By the worker that runs it; refused, without a trace, when somebody has ended it in the meantime. */
  async end(solve: Solve, lease: Lease, outcome: Outcome): Promise<void> {
    const detail = outcome.detail === undefined ? null : storableText(outcome.detail);
    const change = { status: outcome.status, reason: outcome.reason ?? null, detail };
    const ended = await this.transactions.run(async (tx) => {
      const finishedAt = outcome.status === 'paused' ? null : new Date();
      if (!(await this.solves.advance(tx, lease, { ...change, finishedAt, leaseUntil: null }))) return false;
      await this.tell(tx, solve, outcome, 'solve.end');
      return true;
    });
    if (ended) await this.afterwards(solve, outcome);
  }

  /** From outside, by a person. */
  async cancel(solve: Solve): Promise<boolean> {
    const outcome: Outcome = { status: 'cancelled' };
    const ended = await this.transactions.run(async (tx) => {
      if (!(await this.solves.end(tx, solve.id, outcome))) return false;
      await this.tell(tx, solve, outcome, 'solve.cancel');
      return true;
    });
    if (!ended) return false;
    await this.notifier.ended(solve.id);
    await this.afterwards(solve, outcome);
    return true;
  }

  /**
   * Waits again, for any worker, which the relay wakes up: at once when this one goes down, after a while when something
   * outside does not answer.
   */
  async handBack(solve: Solve, lease: Lease, wait?: { seconds: number; why: string }): Promise<void> {
    const runAfter = new Date(Date.now() + (wait?.seconds ?? 0) * 1_000);
    const held = await this.transactions.run(async (tx) => {
      if (!(await this.solves.advance(tx, lease, { status: 'queued', runAfter, leaseUntil: null }))) return false;
      const told: NewSolveEvent[] = wait ? [{ type: 'notice', data: { text: wait.why } }] : [];
      await this.events.append(tx, solve.id, [...told, { type: 'status', data: { status: 'queued' } }]);
      return true;
    });
    if (!held) return;
    await this.notifier.eventsAppended(solve.id);
    await this.notifier.stateChanged({ id: solve.id, sessionId: solve.sessionId, status: 'queued' });
  }

  private async tell(tx: EntityManager, solve: Solve, outcome: Outcome, action: string): Promise<void> {
    const { status, reason, detail } = outcome;
    const facts = { status, ...(reason ? { reason } : {}), ...(detail ? { detail } : {}) };
    await this.events.append(tx, solve.id, [
      { type: 'status', data: facts },
      { type: 'done', data: facts },
    ]);
    await this.audit.record(tx, {
      action,
      target: { type: 'solve', id: solve.id, name: solve.model },
      result: status === 'failed' ? 'error' : 'ok',
      ...(reason ? { reason } : {}),
      details: { status, issueId: solve.issueId, sessionId: solve.sessionId },
    });
  }

  private async afterwards(solve: Solve, outcome: Outcome): Promise<void> {
    await this.notifier.eventsAppended(solve.id);
    await this.notifier.stateChanged({ id: solve.id, sessionId: solve.sessionId, status: outcome.status });
    for (const id of await this.solves.due(NEXT_WAITING)) await wake(this.queue, id);
  }
}
