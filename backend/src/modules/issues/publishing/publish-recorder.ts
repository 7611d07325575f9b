import { Injectable } from '@nestjs/common';
import { type Lease, LeaseLostError } from '../../../platform/database/lease.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import type { RemoteIssue } from '../../github/index.js';
import type { Issue, IssueError } from '../entities/issue.entity.js';
import type { PublishIntent } from '../entities/publish-intent.entity.js';
import { IssueNotifier } from '../issue.notifier.js';
import { IssuesRepository } from '../repositories/issues.repository.js';
import { PublishIntentsRepository } from '../repositories/publish-intents.repository.js';

/** An intent that a worker holds, and its issue. */
export interface HeldIntent {
  readonly lease: Lease;
  readonly intent: PublishIntent;
  readonly issue: Issue;
}

/** Stores each step of publishing, under the intent's lease. @throws LeaseLostError when another worker has gone on. */
@Injectable()
export class PublishRecorder {
  constructor(
    private readonly intents: PublishIntentsRepository,
    private readonly issues: IssuesRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: IssueNotifier,
  ) {}

  /** From here on GitHub may have the issue. */
  async sending({ lease }: HeldIntent): Promise<void> {
    await this.transactions.run(async (tx) => {
      const held = await this.intents.advance(tx, lease, { status: 'sent', sentAt: new Date() });
      if (!held) throw new LeaseLostError(lease);
    });
  }

  /** `how`: made by this attempt, or found there from an earlier one. */
  async published(
    { lease, intent, issue }: HeldIntent,
    { number, githubId, url }: RemoteIssue,
    { repository, how }: { repository: string; how: 'made' | 'found' },
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      const held = await this.intents.advance(tx, lease, { status: 'recorded', reason: null });
      if (!held) throw new LeaseLostError(lease);
      const facts = { githubNumber: number, githubId, githubUrl: url };
      await this.issues.update(tx, issue.id, { status: 'published', error: null, ...facts });
      await this.audit.record(tx, {
        action: 'issue.publish',
        target: { type: 'issue', id: issue.id, name: `#${number}` },
        result: 'ok',
        repository,
        details: { sessionId: issue.sessionId, githubNumber: number, url, intentId: intent.id, how },
      });
    });
    await this.notifier.changed(issue);
  }

  /** Another try would not help: the issue is a draft again, with the reason. */
  async refused({ lease, intent, issue }: HeldIntent, error: IssueError): Promise<void> {
    await this.transactions.run(async (tx) => {
      const held = await this.intents.advance(tx, lease, { status: 'failed', reason: error.code });
      if (!held) throw new LeaseLostError(lease);
      await this.issues.update(tx, issue.id, { status: 'draft', error });
      await this.audit.record(tx, {
        action: 'issue.publish',
        target: { type: 'issue', id: issue.id, name: intent.title },
        result: 'error',
        reason: error.code,
        details: { sessionId: issue.sessionId, intentId: intent.id, attempts: intent.attempts },
      });
    });
    await this.notifier.changed(issue);
  }

  /** To be tried again, by any worker, not before `runAfter`; people see why it takes so long. */
  async postponed({ lease, issue }: HeldIntent, error: IssueError, runAfter: Date): Promise<void> {
    await this.transactions.run(async (tx) => {
      const held = await this.intents.advance(tx, lease, { reason: error.code, runAfter });
      if (!held) throw new LeaseLostError(lease);
      await this.issues.update(tx, issue.id, { error });
    });
    await this.notifier.changed(issue);
  }
}
