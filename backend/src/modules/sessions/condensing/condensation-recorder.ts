import { Injectable } from '@nestjs/common';
import { type Lease, LeaseLostError } from '../../../platform/database/lease.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import type { Condensation } from '../entities/condensation.entity.js';
import type { MessageError } from '../entities/message.entity.js';
import { CondensationsRepository } from '../repositories/condensations.repository.js';
import { SessionNotifier } from '../session.notifier.js';
import type { Condensed } from './condenser.js';

/** Stores how a condensation has ended, under its lease, and tells. */
@Injectable()
export class CondensationRecorder {
  constructor(
    private readonly condensations: CondensationsRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: SessionNotifier,
  ) {}

  /** @throws LeaseLostError when it is no longer this worker's, as all of these. */
  async done(lease: Lease, wanted: Condensation, { text, wholeTokens, usage }: Condensed): Promise<void> {
    const { model, prompt: promptTokens, completion: completionTokens, costUsd } = usage;
    const change = { text, wholeTokens, model, promptTokens, completionTokens, costUsd: costUsd ?? 0 };
    await this.end(lease, wanted, { status: 'done', ...change }, { model, tokens: promptTokens + completionTokens });
  }

  async failed(lease: Lease, wanted: Condensation, error: MessageError): Promise<void> {
    await this.end(lease, wanted, { status: 'failed', error }, {});
  }

  /** Nobody wants it any more: it is as if it had never been wanted. */
  async outdated(lease: Lease, { sessionId }: Condensation): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.condensations.forget(tx, lease))) throw new LeaseLostError(lease);
    });
    await this.notifier.sessionChanged(sessionId);
  }

  async postponed(lease: Lease, _wanted: Condensation, seconds: number): Promise<void> {
    const runAfter = new Date(Date.now() + seconds * 1_000);
    await this.transactions.run((tx) => this.change(tx, lease, { runAfter }));
  }

  private async end(
    lease: Lease,
    { id, sessionId, messageCount }: Condensation,
    change: Partial<Condensation>,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.change(tx, lease, change);
      await this.audit.record(tx, {
        action: 'context.condense',
        target: { type: 'session', id: sessionId, name: null },
        result: change.status === 'done' ? 'ok' : 'error',
        ...(change.error ? { reason: change.error.code } : {}),
        details: { condensationId: id, messages: messageCount, ...facts },
      });
    });
    await this.notifier.sessionChanged(sessionId);
  }

  private async change(
    tx: Parameters<CondensationsRepository['change']>[0],
    lease: Lease,
    change: Partial<Condensation>,
  ): Promise<void> {
    if (!(await this.condensations.change(tx, lease, change))) throw new LeaseLostError(lease);
  }
}
