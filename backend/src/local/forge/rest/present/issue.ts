import type { Forge } from '../../forge.js';
import type { Account } from '../../state/accounts.js';
import type { Issue } from '../../state/issues.js';
import type { Label } from '../../state/labels.js';
import type { Repository } from '../../state/repositories.js';
import { presentAccount } from './account.js';
import { nodeId } from './node-id.js';

/** GitHub's `issue`; a pull request among issues has `pull_request`. */
export function presentIssue(forge: Forge, repository: Repository, issue: Issue): object {
  const { links, state } = forge;
  const repositoryUrl = links.repositoryApi(repository);
  const url = `${repositoryUrl}/issues/${issue.number}`;
  const html = `${links.repository(repository)}/${issue.isPull ? 'pull' : 'issues'}/${issue.number}`;
  const assignees = state.issues.assignees(issue.id).map((account) => presentAccount(links, account));
  return {
    id: issue.id,
    node_id: nodeId(issue.isPull ? 'PR' : 'I', issue.id),
    url,
    repository_url: repositoryUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    number: issue.number,
    title: issue.title,
    user: presentAccount(links, authorOf(forge, issue)),
    labels: state.issues.labels(issue.id).map((label) => presentLabel(forge, repository, label)),
    state: issue.state,
    state_reason: null,
    locked: false,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: 0,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: null,
    author_association: association(forge, repository, issue.authorId),
    active_lock_reason: null,
    body: issue.body,
    timeline_url: `${url}/timeline`,
    ...(issue.isPull ? { draft: isDraft(forge, issue), pull_request: pullPart(forge, repository, issue) } : {}),
  };
}

/** GitHub's `label`. */
export function presentLabel({ links }: Forge, repository: Repository, label: Label): object {
  const { id, name, color, description, standard } = label;
  return {
    id,
    node_id: nodeId('LA', id),
    url: `${links.repositoryApi(repository)}/labels/${encodeURIComponent(name)}`,
    name,
    color,
    default: standard === 1,
    description,
  };
}

export function authorOf({ state }: Forge, { authorId }: Issue): Account {
  const account = state.accounts.byId(authorId);
  if (!account) throw new Error(`The author ${authorId} is gone.`);
  return account;
}

/** GitHub's `author-association`. */
export function association({ state }: Forge, { ownerId, owner, name }: Repository, userId: number): string {
  if (ownerId === userId) return 'OWNER';
  if (state.accounts.membership(ownerId, userId)) return 'MEMBER';
  return state.repositories.find(owner, name, userId)?.permission === 'write' ? 'COLLABORATOR' : 'NONE';
}

function isDraft({ state }: Forge, { repositoryId, number }: Issue): boolean {
  return state.pulls.find(repositoryId, number)?.draft ?? false;
}

function pullPart({ links, state }: Forge, repository: Repository, { repositoryId, number }: Issue): object {
  const html = `${links.repository(repository)}/pull/${number}`;
  return {
    url: `${links.repositoryApi(repository)}/pulls/${number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    merged_at: state.pulls.find(repositoryId, number)?.mergedAt ?? null,
  };
}
