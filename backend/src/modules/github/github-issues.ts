import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type BeforeSending, GithubClient } from './api/github-client.js';
import { issueNotFound } from './github.errors.js';

export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** An issue on GitHub, as much of it as is used here. */
export interface RemoteIssue {
  readonly number: number;
  /** GitHub's own id, a bigint. */
  readonly githubId: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly url: string;
}

export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

interface IssueAnswer {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly body?: string | null;
  readonly state: string;
  readonly labels: readonly (string | { readonly name?: string })[];
  readonly assignees?: readonly { readonly login: string }[] | null;
  readonly html_url: string;
  readonly pull_request?: unknown;
}

/** Issues on GitHub, with the user's own right. */
@Injectable()
export class GithubIssues {
  constructor(private readonly github: GithubClient) {}

  /** @throws DomainError `github.issue-not-found`, also for a pull request's number. */
  async get(userId: string, at: RepositoryName, number: number): Promise<RemoteIssue> {
    try {
      const answer = (await this.github.call(userId, 'getIssue', { ...at, issue_number: number })) as IssueAnswer;
      if (answer.pull_request) throw issueNotFound(number);
      return toIssue(answer);
    } catch (error) {
      throw error instanceof DomainError && error.code === 'github.repository-not-found'
        ? issueNotFound(number)
        : error;
    }
  }

  /** Creates an issue, without trying again: when this fails after `beforeSending`, it may be there nevertheless. */
  async create(
    userId: string,
    at: RepositoryName,
    issue: NewIssue,
    beforeSending?: BeforeSending,
  ): Promise<RemoteIssue> {
    const { title, body, labels, assignees } = issue;
    const parameters = { ...at, title, body, labels: [...labels], assignees: [...assignees] };
    return toIssue(await this.github.call(userId, 'createIssue', parameters, beforeSending));
  }

  /** The issue whose body holds this marker, among those changed since; undefined when there is none. */
  async findByMarker(
    userId: string,
    at: RepositoryName,
    marker: string,
    since: Date,
  ): Promise<RemoteIssue | undefined> {
    const wish = {
      ...at,
      state: 'all' as const,
      since: since.toISOString(),
      sort: 'created' as const,
      direction: 'desc' as const,
    };
    for await (const answers of this.github.pages(userId, 'listIssues', wish)) {
      const found = (answers as IssueAnswer[]).find(({ body, pull_request: pull }) => !pull && body?.includes(marker));
      if (found) return toIssue(found);
    }
    return undefined;
  }

  /** The latest open issues, for finding duplicates; at most one page. */
  async recentOpen(userId: string, at: RepositoryName): Promise<RemoteIssue[]> {
    const answers = await this.github.call(userId, 'listIssues', { ...at, state: 'open', per_page: 100 });
    return (answers as IssueAnswer[]).filter(({ pull_request: pull }) => !pull).map(toIssue);
  }

  /** Names of the repository's labels. */
  async labelNames(userId: string, at: RepositoryName): Promise<string[]> {
    const names: string[] = [];
    for await (const labels of this.github.pages(userId, 'listLabels', { ...at }))
      names.push(...labels.map(({ name }) => name));
    return names;
  }

  /** Logins that an issue of the repository may be assigned to. */
  async assignableLogins(userId: string, at: RepositoryName): Promise<string[]> {
    const logins: string[] = [];
    for await (const users of this.github.pages(userId, 'listAssignees', { ...at }))
      logins.push(...users.map(({ login }) => login));
    return logins;
  }
}

function toIssue(answer: IssueAnswer): RemoteIssue {
  return {
    number: answer.number,
    githubId: String(answer.id),
    title: answer.title,
    body: answer.body ?? '',
    state: answer.state === 'closed' ? 'closed' : 'open',
    labels: answer.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    assignees: (answer.assignees ?? []).map(({ login }) => login),
    url: answer.html_url,
  };
}
