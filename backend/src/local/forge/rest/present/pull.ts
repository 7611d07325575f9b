import type { Forge } from '../../forge.js';
import type { Issue } from '../../state/issues.js';
import type { Pull } from '../../state/pulls.js';
import type { Repository } from '../../state/repositories.js';
import { presentAccount } from './account.js';
import { association, authorOf, presentLabel } from './issue.js';
import { nodeId } from './node-id.js';
import { presentOwner, presentRepository } from './repository.js';

/** What a pull request changes, counted. */
export interface PullSize {
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

/** GitHub's `pull-request-simple`, as lists have it. */
export function presentPull(forge: Forge, repository: Repository, issue: Issue, pull: Pull): object {
  const { links, state } = forge;
  const api = links.repositoryApi(repository);
  const html = `${links.repository(repository)}/pull/${pull.number}`;
  const addresses = addressesOf(api, pull);
  const assignees = state.issues.assignees(issue.id).map((account) => presentAccount(links, account));
  return {
    ...addresses,
    id: issue.id,
    node_id: nodeId('PR', issue.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    number: pull.number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: presentAccount(links, authorOf(forge, issue)),
    body: issue.body,
    labels: state.issues.labels(issue.id).map((label) => presentLabel(forge, repository, label)),
    milestone: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: null,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: [],
    requested_teams: [],
    draft: pull.draft,
    head: presentEnd(forge, repository, pull.headRef, pull.headSha),
    base: presentEnd(forge, repository, pull.baseRef, pull.baseSha),
    _links: linksOf(addresses, html),
    author_association: association(forge, repository, issue.authorId),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** GitHub's `pull-request`, which one pull request is answered with. */
export function presentFullPull(
  forge: Forge,
  repository: Repository,
  issue: Issue,
  pull: Pull,
  size: PullSize,
): object {
  return {
    ...presentPull(forge, repository, issue, pull),
    merged: pull.mergedAt !== null,
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    merged_by: null,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: size.commits,
    additions: size.additions,
    deletions: size.deletions,
    changed_files: size.changedFiles,
  };
}

function presentEnd(forge: Forge, repository: Repository, ref: string, sha: string): object {
  const user = presentOwner(forge, repository);
  return { label: `${repository.owner}:${ref}`, ref, sha, user, repo: presentRepository(forge, repository) };
}

function addressesOf(api: string, { number, headSha }: Pull) {
  const url = `${api}/pulls/${number}`;
  return {
    url,
    issue_url: `${api}/issues/${number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${number}/comments`,
    statuses_url: `${api}/statuses/${headSha}`,
  };
}

function linksOf(addresses: ReturnType<typeof addressesOf>, html: string): object {
  const { url, ...rest } = addresses;
  const named = Object.entries(rest).map(([key, href]) => [key.replace(/_url$/, ''), { href }] as const);
  return { self: { href: url }, html: { href: html }, ...Object.fromEntries(named) };
}
