import { Injectable } from '@nestjs/common';
import { RepositoriesService, type RepositoryName } from '../../github/index.js';
import { SessionAccessService } from '../../sessions/index.js';
import type { Issue } from '../entities/issue.entity.js';
import type { PublishIntent } from '../entities/publish-intent.entity.js';
import { IssuesRepository } from '../repositories/issues.repository.js';
import { PublishIntentsRepository } from '../repositories/publish-intents.repository.js';

/** What a worker needs to know to publish. */
@Injectable()
export class PublishSource {
  constructor(
    private readonly intents: PublishIntentsRepository,
    private readonly issues: IssuesRepository,
    private readonly sessions: SessionAccessService,
    private readonly repositories: RepositoriesService,
  ) {}

  /** An intent whose turn it is, with its issue; null when it is done, gone, or was put off to a later time. */
  async waiting(intentId: string): Promise<{ intent: PublishIntent; issue: Issue } | null> {
    const intent = await this.intents.byId(intentId);
    if (intent?.status !== 'claimed' && intent?.status !== 'sent') return null;
    // Only what was put off has a reason; its time was set by a worker's clock, not by the database's.
    if (intent.reason !== null && intent.runAfter > new Date()) return null;
    const issue = await this.issues.byId(intent.issueId);
    return issue && { intent, issue };
  }

  /** Where the issue belongs, by its present name. @throws DomainError when the requester has lost the session or the repository. */
  async repository(userId: string, { sessionId }: Issue): Promise<RepositoryName> {
    const session = await this.sessions.of(userId, sessionId);
    await this.sessions.demandGithub(session, 'write');
    const { owner, name } = await this.repositories.accessById(userId, session.repositoryId);
    return { owner, repo: name };
  }
}
