import { Injectable } from '@nestjs/common';
import { type Lease, LeaseLostError } from '../../../platform/database/lease.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { LlmUsage } from '../../../platform/llm/llm.types.js';
import { AuditLog } from '../../audit/index.js';
import type { Issue, IssueError } from '../entities/issue.entity.js';
import { IssueNotifier } from '../issue.notifier.js';
import { IssuesRepository } from '../repositories/issues.repository.js';
import { type IssueText, RevisionsRepository } from '../repositories/revisions.repository.js';

/** Stores what became of a draft, under its lease. @throws LeaseLostError when it is no longer this worker's. */
@Injectable()
export class DraftRecorder {
  constructor(
    private readonly issues: IssuesRepository,
    private readonly revisions: RevisionsRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: IssueNotifier,
  ) {}

  async drafted(lease: Lease, issue: Issue, draft: IssueText, usage: LlmUsage): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.issues.advance(tx, lease, { status: 'draft', error: null }))) throw new LeaseLostError(lease);
      const text = withOwn(draft, issue);
      const revision = await this.revisions.append(tx, issue, text, { origin: 'model', authorId: null });
      const tokens = usage.prompt + usage.completion;
      const costUsd = usage.costUsd ?? 0;
      await this.audit.record(tx, {
        action: 'issue.drafted',
        target: { type: 'issue', id: issue.id, name: text.title },
        result: 'ok',
        details: { sessionId: issue.sessionId, revision, model: usage.model, tokens, costUsd },
      });
    });
    await this.notifier.changed(issue);
  }

  /** An issue that had a text keeps it, and is a draft again. */
  async failed(lease: Lease, issue: Issue, error: IssueError): Promise<void> {
    const status = issue.revision > 0 ? 'draft' : 'failed';
    await this.transactions.run(async (tx) => {
      if (!(await this.issues.advance(tx, lease, { status, error }))) throw new LeaseLostError(lease);
      await this.audit.record(tx, {
        action: 'issue.drafted',
        target: { type: 'issue', id: issue.id, name: issue.title },
        result: 'error',
        reason: error.code,
        details: { sessionId: issue.sessionId },
      });
    });
    await this.notifier.changed(issue);
  }

  async postponed(lease: Lease, runAfter: Date): Promise<void> {
    await this.transactions.run((tx) => this.issues.advance(tx, lease, { runAfter }));
  }
}

/** A title that the author has set stays in a first draft; names that people have chosen stay unless the model has others. */
function withOwn(draft: IssueText, issue: Issue): IssueText {
  return {
    ...draft,
    title: issue.revision === 0 && issue.title !== '' ? issue.title : draft.title,
    labels: draft.labels.length > 0 ? draft.labels : issue.labels,
    assignees: draft.assignees.length > 0 ? draft.assignees : issue.assignees,
  };
}
