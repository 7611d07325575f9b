import { Injectable } from '@nestjs/common';
import { InjectQueue } from '@nestjs/bull';
import type { Queue } from 'bull';
import { newId } from '../../platform/database/ids.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { WakeUp } from '../../platform/queue/queues.js';
import { wake } from '../../platform/queue/wake.js';
import { AuditLog } from '../audit/index.js';
import { ConversationService, type SessionAccess, SessionAccessService } from '../sessions/index.js';
import type { IssueAccess } from './issue.guard.js';
import { IssueNotifier } from './issue.notifier.js';
import { issueNotFound, nothingToDraft, notInStatus } from './issues.errors.js';
import { IssuesRepository, type Provenance } from './repositories/issues.repository.js';

export interface DraftWish {
  readonly title?: string | undefined;
  readonly instructions?: string | undefined;
  readonly messageIds?: readonly string[] | undefined;
  readonly cardIds?: readonly string[] | undefined;
}

/** Having the model draft an issue from the conversation, for the first time or again. */
@Injectable()
export class IssueDrafts {
  constructor(
    private readonly issues: IssuesRepository,
    private readonly conversation: ConversationService,
    private readonly sessions: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: IssueNotifier,
    @InjectQueue('draft') private readonly queue: Queue<WakeUp>,
  ) {}

  /**
   * @returns the new issue's id.
   * @throws DomainError `sessions.reference` for sources that the session does not have; `issues.nothing-to-draft`.
   */
  async start(session: SessionAccess, wish: DraftWish): Promise<string> {
    const sources = await this.sources(session, wish);
    const isEmpty = sources.messageIds.length === 0 && sources.cardIds.length === 0;
    if (isEmpty && !wish.instructions) throw nothingToDraft();
    const id = newId();
    await this.transactions.run(async (tx) => {
      await this.issues.insert(tx, {
        ...{ id, sessionId: session.id, createdBy: session.userId, requestedBy: session.userId, status: 'drafting' },
        ...{ title: wish.title ?? '', instructions: wish.instructions ?? null },
      });
      await this.issues.addSources(tx, id, sources);
      await this.sessions.use(tx, session.id);
      await this.audit.record(tx, {
        action: 'issue.draft',
        target: { type: 'issue', id, name: wish.title ?? null },
        result: 'ok',
        repository: `${session.owner}/${session.repo}`,
        details: { sessionId: session.id, messages: sources.messageIds.length, cards: sources.cardIds.length },
      });
    });
    await wake(this.queue, id);
    await this.notifier.changed({ id, sessionId: session.id });
    return id;
  }

  /** The text stays until the new draft is there. @throws DomainError `issues.<status>` unless it is a draft or has failed. */
  async again({ issue, session }: IssueAccess, instructions: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const row = await this.issues.lock(tx, issue.id);
      if (!row) throw issueNotFound();
      if (row.status !== 'draft' && row.status !== 'failed') throw notInStatus(row.status);
      await this.issues.update(tx, row.id, {
        ...{ status: 'drafting', requestedBy: session.userId, instructions },
        ...{ error: null, attempts: 0, runAfter: new Date() },
      });
      await this.sessions.use(tx, session.id);
      await this.audit.record(tx, {
        action: 'issue.redraft',
        target: { type: 'issue', id: row.id, name: row.title },
        result: 'ok',
        repository: `${session.owner}/${session.repo}`,
        details: { sessionId: session.id, revision: row.revision },
      });
    });
    await wake(this.queue, issue.id);
    await this.notifier.changed(issue);
  }

  /** What was asked for; without a wish, everything said on the branch at hand and every pinned card. */
  private async sources(session: SessionAccess, { messageIds, cardIds }: DraftWish): Promise<Provenance> {
    const pick = {
      ...(messageIds ? { messageIds: [...messageIds] } : {}),
      ...(cardIds ? { cardIds: [...cardIds] } : {}),
    };
    const { messages, cards } = await this.conversation.transcript(session, pick);
    return { messageIds: messages.map(({ id }) => id), cardIds: cards.map(({ id }) => id) };
  }
}
