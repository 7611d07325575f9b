import type { Links } from '../../links.js';
import type { Account } from '../../state/accounts.js';
import { nodeId } from './node-id.js';

/** GitHub's `simple-user`; organisations as owners have the same form. */
export function presentAccount(links: Links, account: Account): object {
  const { id, login, type } = account;
  const url = `${links.api}/users/${login}`;
  return {
    login,
    id,
    node_id: nodeId(type === 'User' ? 'U' : 'O', id),
    avatar_url: avatar(links, id),
    gravatar_id: '',
    url,
    html_url: links.account(login),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** GitHub's `private-user`: somebody as they see themselves. */
export function presentOneself(links: Links, account: Account): object {
  return {
    ...presentAccount(links, account),
    user_view_type: 'private',
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: account.email,
    notification_email: account.email,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
    private_gists: 0,
    total_private_repos: 0,
    owned_private_repos: 0,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  };
}

/** GitHub's `organization-simple`. */
export function presentOrganisation(links: Links, { id, login, name }: Account): object {
  const url = `${links.api}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId('O', id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: avatar(links, id),
    description: name,
  };
}

function avatar(links: Links, id: number): string {
  return `${links.web}/avatars/u/${id}?v=4`;
}
