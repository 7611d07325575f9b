import { Injectable } from '@nestjs/common';
import { type Page, sliceAt } from '../../platform/http/pagination.js';
import { stripInvisible } from '../../platform/text/invisible.js';
import { GithubClient } from './api/github-client.js';
import type { AssigneePageDto, BranchPageDto, GithubIssuePageDto, LabelPageDto } from './dto/repository.dto.js';
import type { RepositoryAccess } from './repositories.service.js';

type Branch = BranchPageDto['items'][number];
type IssueItem = GithubIssuePageDto['items'][number];

interface Listing {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Lists of what a repository holds on GitHub: all pages of them are read, so that type-ahead finds everything. */
@Injectable()
export class RepositoryContentsService {
  constructor(private readonly github: GithubClient) {}

  /** The default branch first, then by name. */
  async branches(
    userId: string,
    { owner, name: repo, defaultBranch }: RepositoryAccess,
    listing: Listing,
  ): Promise<Page<Branch>> {
    const found: Branch[] = [];
    for await (const answers of this.github.pages(userId, 'listBranches', { owner, repo })) {
      found.push(
        ...answers.map(({ name, commit, protected: isProtected }) => ({
          name,
          sha: commit.sha,
          protected: isProtected,
          default: name === defaultBranch,
        })),
      );
    }
    found.sort((a, b) => Number(b.default) - Number(a.default) || a.name.localeCompare(b.name));
    return sliceAt(found, listing);
  }

  /** Issues without pull requests, which GitHub lists among them; the newest first. */
  async issues(
    userId: string,
    { owner, name: repo }: RepositoryAccess,
    state: 'open' | 'closed' | 'all',
    listing: Listing,
  ): Promise<Page<IssueItem>> {
    const found: IssueItem[] = [];
    for await (const answers of this.github.pages(userId, 'listIssues', { owner, repo, state })) {
      for (const issue of answers) {
        if (issue.pull_request) continue;
        found.push({
          number: issue.number,
          title: stripInvisible(issue.title),
          state: issue.state === 'closed' ? 'closed' : 'open',
          labels: issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
          author: issue.user?.login ?? null,
          url: issue.html_url,
          createdAt: new Date(issue.created_at).toISOString(),
          updatedAt: new Date(issue.updated_at).toISOString(),
        });
      }
    }
    return sliceAt(found, listing);
  }

  async labels(
    userId: string,
    { owner, name: repo }: RepositoryAccess,
    listing: Listing,
  ): Promise<Page<LabelPageDto['items'][number]>> {
    const found: LabelPageDto['items'] = [];
    for await (const answers of this.github.pages(userId, 'listLabels', { owner, repo })) {
      found.push(
        ...answers.map(({ name, color, description }) => ({
          name,
          color,
          description: stripInvisible(description ?? '') || null,
        })),
      );
    }
    return sliceAt(found, listing);
  }

  async assignees(
    userId: string,
    { owner, name: repo }: RepositoryAccess,
    listing: Listing,
  ): Promise<Page<AssigneePageDto['items'][number]>> {
    const found: AssigneePageDto['items'] = [];
    for await (const answers of this.github.pages(userId, 'listAssignees', { owner, repo })) {
      found.push(...answers.map(({ login }) => ({ login })));
    }
    return sliceAt(found, listing);
  }
}
