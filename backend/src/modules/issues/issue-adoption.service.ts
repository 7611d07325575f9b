import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/database/ids.js';
import { isUniqueViolation, Transactions } from '../../platform/database/transactions.js';
import { stripInvisible } from '../../platform/text/invisible.js';
import { AuditLog } from '../audit/index.js';
import { GithubIssues, type RemoteIssue } from '../github/index.js';
import { type SessionAccess, SessionAccessService } from '../sessions/index.js';
import type { Issue } from './entities/issue.entity.js';
import { IssueNotifier } from './issue.notifier.js';
import { markedIssueId } from './publishing/marker.js';
import { IssuesRepository } from './repositories/issues.repository.js';
import { RevisionsRepository } from './repositories/revisions.repository.js';

const UNIQUE = 'issues_session_github_number_key';

/** Takes an issue that is already on GitHub into a session, so that it can be solved. */
@Injectable()
export class IssueAdoption {
  constructor(
    private readonly github: GithubIssues,
    private readonly issues: IssuesRepository,
    private readonly revisions: RevisionsRepository,
    private readonly sessions: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: IssueNotifier,
  ) {}

  /** @returns the issue's id; of one that the session has already, that one's. @throws DomainError `github.issue-not-found`. */
  async adopt(session: SessionAccess, githubNumber: number): Promise<string> {
    const known = await this.issues.byNumber(session.id, githubNumber);
    if (known) return known.id;
    const { owner, repo } = session;
    const remote = await this.github.get(session.userId, { owner, repo }, githubNumber);
    const own = await this.onItsWay(session.id, remote);
    if (own) return own.id;
    try {
      return await this.take(session, remote);
    } catch (error) {
      const first = isUniqueViolation(error, UNIQUE) ? await this.issues.byNumber(session.id, githubNumber) : null;
      if (first) return first.id;
      throw error;
    }
  }

  /** The session's own issue that GitHub has and that is not recorded here yet. */
  private async onItsWay(sessionId: string, { body }: RemoteIssue): Promise<Issue | null> {
    const id = markedIssueId(body);
    const issue = id === undefined ? null : await this.issues.byId(id);
    return issue?.sessionId === sessionId && issue.status === 'publishing' ? issue : null;
  }

  private async take(session: SessionAccess, remote: RemoteIssue): Promise<string> {
    const id = newId();
    const { labels, assignees, number, githubId, url } = remote;
    const [title, body] = [stripInvisible(remote.title), stripInvisible(remote.body)];
    const text = { title, body, labels: [...labels], assignees: [...assignees], acceptance: [] };
    await this.transactions.run(async (tx) => {
      await this.issues.insert(tx, {
        ...{ id, sessionId: session.id, createdBy: session.userId, status: 'published', ...text },
        ...{ githubNumber: number, githubId, githubUrl: url },
      });
      await this.revisions.append(tx, { id, revision: 0 }, text, { origin: 'github', authorId: null });
      await this.sessions.use(tx, session.id);
      await this.audit.record(tx, {
        action: 'issue.adopt',
        target: { type: 'issue', id, name: `#${number}` },
        result: 'ok',
        repository: `${session.owner}/${session.repo}`,
        details: { sessionId: session.id, githubNumber: number, url },
      });
    });
    await this.notifier.changed({ id, sessionId: session.id });
    return id;
  }
}
