import { setTimeout as delay } from 'node:timers/promises';
import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { wake } from '../../../platform/queue/wake.js';
import { AuditLog } from '../../audit/index.js';
import { type SessionAccess, SessionAccessService } from '../../sessions/index.js';
import type { Issue } from '../entities/issue.entity.js';
import { GITHUB_BOUNDS } from '../issue-bounds.js';
import type { IssueAccess } from '../issue.guard.js';
import { IssueNotifier } from '../issue.notifier.js';
import { bodyTooLong, issueNotFound, notInStatus, untitled } from '../issues.errors.js';
import { IssuesRepository } from '../repositories/issues.repository.js';
import { PublishIntentsRepository } from '../repositories/publish-intents.repository.js';
import { composeIssue } from './compose.js';

/** `made` by this call, `there` already, or still `under-way`. */
export type PublishResult = 'made' | 'there' | 'under-way';

interface Claim {
  /** None when the issue is on GitHub already. */
  readonly intentId?: string;
  readonly isNew: boolean;
}

const LONGEST_WAIT_MS = 10_000;
const LOOK_MS = 100;

/** Publishing: one intent however often it is asked for; a worker carries it out, and the caller is kept waiting a little. */
@Injectable()
export class IssuePublishing {
  constructor(
    private readonly issues: IssuesRepository,
    private readonly intents: PublishIntentsRepository,
    private readonly sessions: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: IssueNotifier,
    @InjectQueue('publish') private readonly queue: Queue<WakeUp>,
  ) {}

  /**
   * Waits a little for what comes of it, not after `ending`: the worker goes on all the same.
   * @throws DomainError `issues.drafting`, `issues.failed`, `issues.untitled` (409); what GitHub refused it with.
   */
  async publish({ issue, session }: IssueAccess, ending: AbortSignal): Promise<PublishResult> {
    const { intentId, isNew } = await this.transactions.run((tx) => this.claim(tx, session, issue.id));
    if (intentId === undefined) return 'there';
    await wake(this.queue, intentId);
    if (isNew) await this.notifier.changed(issue);
    const published = await this.outcome(issue.id, ending);
    return published ? (isNew ? 'made' : 'there') : 'under-way';
  }

  private async claim(tx: EntityManager, session: SessionAccess, issueId: string): Promise<Claim> {
    const issue = await this.issues.lock(tx, issueId);
    if (!issue) throw issueNotFound();
    if (issue.status === 'published') return { isNew: false };
    if (issue.status === 'publishing') {
      const intent = await this.intents.ofIssue(tx, issueId);
      return { isNew: false, ...(intent ? { intentId: intent.id } : {}) };
    }
    if (issue.status !== 'draft') throw notInStatus(issue.status);
    const composed = composeIssue(issue);
    if (composed.title.trim() === '') throw untitled();
    if (composed.body.length > GITHUB_BOUNDS.body) throw bodyTooLong(GITHUB_BOUNDS.body);
    const intent = await this.intents.claim(tx, { id: newId(), issueId, requestedBy: session.userId, ...composed });
    await this.issues.update(tx, issueId, { status: 'publishing', error: null });
    await this.sessions.use(tx, session.id);
    await this.audit.record(tx, {
      action: 'issue.publish-request',
      target: { type: 'issue', id: issueId, name: issue.title },
      result: 'ok',
      repository: `${session.owner}/${session.repo}`,
      details: { sessionId: session.id, revision: issue.revision, intentId: intent.id },
    });
    return { intentId: intent.id, isNew: true };
  }

  /** @returns false when it takes longer than a caller is kept waiting. */
  private async outcome(issueId: string, ending: AbortSignal): Promise<boolean> {
    const until = Date.now() + LONGEST_WAIT_MS;
    while (Date.now() < until && !ending.aborted) {
      const issue = await this.issues.byId(issueId);
      if (!issue) throw issueNotFound();
      if (issue.status === 'published') return true;
      if (issue.status !== 'publishing') throw refusalOf(issue);
      await delay(LOOK_MS);
    }
    return false;
  }
}

function refusalOf({ error, status }: Issue): DomainError {
  return error ? new DomainError(error.kind, error.code, error.detail) : notInStatus(status);
}
