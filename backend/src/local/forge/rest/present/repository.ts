import type { Forge } from '../../forge.js';
import type { Permission, Repository } from '../../state/repositories.js';
import { presentAccount } from './account.js';
import { nodeId } from './node-id.js';

/** The addresses in a repository object, below the repository's own, as GitHub's templates give them. */
const ADDRESSES: Readonly<Record<string, string>> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

/** GitHub's `repository`, as one user sees it. */
export function presentRepository(forge: Forge, repository: Repository, permission: Permission = 'read'): object {
  const { links } = forge;
  const { id, owner, name, description, language, stars, openIssues } = repository;
  const url = links.repositoryApi(repository);
  const html = links.repository(repository);
  return {
    id,
    node_id: nodeId('R', id),
    name,
    full_name: `${owner}/${name}`,
    private: repository.private,
    owner: presentOwner(forge, repository),
    html_url: html,
    description,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(ADDRESSES).map(([key, below]) => [key, url + below])),
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    git_url: `git:${html.slice(html.indexOf('//'))}.git`,
    ssh_url: `git@${new URL(html).hostname}:${owner}/${name}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: 0,
    stargazers_count: stars,
    watchers_count: stars,
    language,
    has_issues: true,
    has_projects: false,
    has_downloads: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: false,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    forks: 0,
    open_issues: openIssues,
    watchers: stars,
    default_branch: repository.defaultBranch,
    permissions: flags(permission),
  };
}

/** GitHub's `full-repository`, which one repository is answered with. */
export function presentFullRepository(forge: Forge, repository: Repository, permission: Permission): object {
  const isOrganisation = repository.ownerType === 'Organization';
  return {
    ...presentRepository(forge, repository, permission),
    ...(isOrganisation ? { organization: presentOwner(forge, repository) } : {}),
    network_count: 0,
    subscribers_count: 0,
  };
}

export function presentOwner({ state, links }: Forge, { ownerId }: Repository): object {
  const account = state.accounts.byId(ownerId);
  if (!account) throw new Error(`The owner ${ownerId} is gone.`);
  return presentAccount(links, account);
}

function flags(permission: Permission): object {
  const admin = permission === 'admin';
  const push = admin || permission === 'write';
  return { admin, maintain: admin, push, triage: push, pull: permission !== 'none' };
}
