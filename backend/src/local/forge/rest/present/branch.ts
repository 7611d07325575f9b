import type { Forge } from '../../forge.js';
import type { Branch, Commit, Signature } from '../../git/bare-repository.js';
import { timestamp } from '../../clock.js';
import type { Repository } from '../../state/repositories.js';
import { presentAccount } from './account.js';
import { nodeId } from './node-id.js';

/** GitHub's `short-branch`, as lists have it. */
export function presentShortBranch({ links }: Forge, repository: Repository, { name, sha }: Branch): object {
  return { name, commit: { sha, url: `${links.repositoryApi(repository)}/commits/${sha}` }, protected: false };
}

/** GitHub's `branch-with-protection`, which one branch is answered with. */
export function presentBranch(forge: Forge, repository: Repository, name: string, commit: Commit): object {
  const self = `${forge.links.repositoryApi(repository)}/branches/${encodeURIComponent(name)}`;
  return {
    name,
    commit: presentCommit(forge, repository, commit),
    _links: { self, html: `${forge.links.repository(repository)}/tree/${name}` },
    protected: false,
    protection: { enabled: false, required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } },
    protection_url: `${self}/protection`,
  };
}

/** GitHub's `commit`. */
function presentCommit(forge: Forge, repository: Repository, commit: Commit): object {
  const api = forge.links.repositoryApi(repository);
  const html = forge.links.repository(repository);
  const url = `${api}/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: nodeId('C', `${repository.id}:${commit.sha}`),
    commit: {
      author: presentSignature(commit.author),
      committer: presentSignature(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    url,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: accountOf(forge, commit.author),
    committer: accountOf(forge, commit.committer),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
  };
}

export function presentSignature({ name, email, date }: Signature): object {
  return { name, email, date: timestamp(new Date(date)) };
}

function accountOf({ state, links }: Forge, { email }: Signature): object | null {
  const account = state.accounts.users().find((user) => user.email === email);
  return account ? presentAccount(links, account) : null;
}
