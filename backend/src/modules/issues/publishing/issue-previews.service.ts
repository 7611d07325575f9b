import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { renderMarkdown } from '../../../platform/text/render-markdown.js';
import { GithubIssues, type RemoteIssue, RepositoriesService, type RepositoryName } from '../../github/index.js';
import type { IssuePreviewDto } from '../dto/issue.dto.js';
import type { IssueAccess } from '../issue.guard.js';
import { notInStatus } from '../issues.errors.js';
import { composeIssue } from './compose.js';
import { findDuplicates } from './duplicates.js';
import { withoutMarkers } from './marker.js';
import { warningsOf } from './warnings.js';

/** Shows what publishing would send, and what speaks against it. Reads from GitHub, writes nothing there or here. */
@Injectable()
export class IssuePreviews {
  constructor(
    private readonly github: GithubIssues,
    private readonly repositories: RepositoriesService,
  ) {}

  /** @throws DomainError `issues.drafting` before there is a text. */
  async of({ issue, session: { userId, repositoryId } }: IssueAccess): Promise<IssuePreviewDto> {
    if (issue.status === 'drafting') throw notInStatus(issue.status);
    const repository = await this.repositories.accessById(userId, repositoryId);
    const at = { owner: repository.owner, repo: repository.name };
    const [open, labels, logins] = await Promise.all([
      this.openIssues(userId, at),
      this.github.labelNames(userId, at),
      this.github.assignableLogins(userId, at),
    ]);
    const composed = composeIssue(issue);
    const others = (open ?? []).filter(({ number }) => number !== issue.githubNumber);
    const around = { repository, hasIssues: open !== null, labels, logins, acceptance: issue.acceptance };
    return {
      ...composed,
      bodyHtml: renderMarkdown(withoutMarkers(composed.body)),
      ...at,
      duplicates: findDuplicates(issue, others),
      warnings: warningsOf(composed, around),
    };
  }

  /** Null where issues are turned off: the repository is there, its issues are not. */
  private async openIssues(userId: string, at: RepositoryName): Promise<RemoteIssue[] | null> {
    try {
      return await this.github.recentOpen(userId, at);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'github.repository-not-found') return null;
      throw error;
    }
  }
}
