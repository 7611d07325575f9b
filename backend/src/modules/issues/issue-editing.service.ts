import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../../platform/database/transactions.js';
import { AuditLog } from '../audit/index.js';
import { SessionAccessService } from '../sessions/index.js';
import type { UpdateIssueDto } from './dto/issue.dto.js';
import type { Issue } from './entities/issue.entity.js';
import type { IssueRevision } from './entities/issue-revision.entity.js';
import { GITHUB_BOUNDS } from './issue-bounds.js';
import type { IssueAccess } from './issue.guard.js';
import { IssueNotifier } from './issue.notifier.js';
import { bodyTooLong, issueNotFound, notInStatus, staleRevision } from './issues.errors.js';
import { composeIssue } from './publishing/compose.js';
import { IssuesRepository } from './repositories/issues.repository.js';
import { type IssueText, RevisionsRepository, sameText, textOf } from './repositories/revisions.repository.js';

type Act = (tx: EntityManager, row: Issue) => Promise<Record<string, unknown>>;

/** Changing drafts by hand. Every edit is a revision; nothing that was written is lost. */
@Injectable()
export class IssueEditing {
  constructor(
    private readonly issues: IssuesRepository,
    private readonly revisions: RevisionsRepository,
    private readonly sessions: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: IssueNotifier,
  ) {}

  /**
   * @throws DomainError `issues.stale` when another edit came first; `issues.<status>` when it cannot be edited now;
   *   `issues.too-long` when GitHub would not take it.
   */
  async update(access: IssueAccess, { revision, ...change }: UpdateIssueDto): Promise<void> {
    await this.change(access, 'issue.update', async (tx, row) => {
      const text = changed(row, change);
      if (composeIssue({ ...text, id: row.id }).body.length > GITHUB_BOUNDS.body) throw bodyTooLong(GITHUB_BOUNDS.body);
      if (revision !== undefined && revision !== row.revision) throw staleRevision(row.revision);
      if (sameText(row, text)) return { revision: row.revision };
      const n = await this.revisions.append(tx, row, text, { origin: 'user', authorId: access.session.userId });
      return { revision: n, fields: Object.keys(change) };
    });
  }

  /** An earlier text becomes the newest revision. */
  async restore(access: IssueAccess, { n, ...earlier }: IssueRevision): Promise<void> {
    await this.change(access, 'issue.restore', async (tx, row) => {
      const maker = { origin: 'restore' as const, authorId: access.session.userId };
      return { restored: n, revision: await this.revisions.append(tx, row, textOf(earlier), maker) };
    });
  }

  /** Removes it here; an issue that is on GitHub lives on there. */
  async remove({ issue, session }: IssueAccess): Promise<void> {
    await this.transactions.run(async (tx) => {
      const row = await this.issues.lock(tx, issue.id);
      if (!row) throw issueNotFound();
      if (row.status === 'publishing') throw notInStatus(row.status);
      await this.issues.remove(tx, row.id);
      await this.sessions.use(tx, session.id);
      await this.audit.record(tx, {
        action: 'issue.delete',
        target: { type: 'issue', id: row.id, name: row.title },
        result: 'ok',
        repository: `${session.owner}/${session.repo}`,
        details: { sessionId: row.sessionId, githubNumber: row.githubNumber },
      });
    });
    await this.notifier.changed(issue);
  }

  private async change({ issue, session }: IssueAccess, action: string, act: Act): Promise<void> {
    await this.transactions.run(async (tx) => {
      const row = await this.issues.lock(tx, issue.id);
      if (!row) throw issueNotFound();
      if (row.status !== 'draft' && row.status !== 'failed') throw notInStatus(row.status);
      const details = await act(tx, row);
      await this.issues.update(tx, row.id, { status: 'draft', error: null });
      await this.sessions.use(tx, session.id);
      await this.audit.record(tx, {
        action,
        target: { type: 'issue', id: row.id, name: row.title },
        result: 'ok',
        repository: `${session.owner}/${session.repo}`,
        details: { sessionId: session.id, ...details },
      });
    });
    await this.notifier.changed(issue);
  }
}

function changed(row: IssueText, change: Partial<Omit<UpdateIssueDto, 'revision'>>): IssueText {
  return textOf({
    title: change.title ?? row.title,
    body: change.body ?? row.body,
    labels: change.labels ?? row.labels,
    assignees: change.assignees ?? row.assignees,
    acceptance: change.acceptance ?? row.acceptance,
  });
}
