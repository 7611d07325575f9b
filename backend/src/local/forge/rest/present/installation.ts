import type { Links } from '../../links.js';
import type { Account } from '../../state/accounts.js';
import { presentAccount } from './account.js';

/** The App that the product is to GitHub. */
export const APP = { id: 1, slug: 'yudai' } as const;
const PERMISSIONS = { contents: 'write', issues: 'write', pull_requests: 'write', metadata: 'read', members: 'read' };

/** GitHub's `installation` of our App on an account. */
export function presentInstallation(links: Links, account: Account): object {
  const url = `${links.api}/app/installations/${account.id}`;
  return {
    id: account.id,
    account: presentAccount(links, account),
    repository_selection: 'all',
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${links.api}/installation/repositories`,
    html_url: `${links.web}/organizations/${account.login}/settings/installations/${account.id}`,
    app_id: APP.id,
    app_slug: APP.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: PERMISSIONS,
    events: ['push', 'issues', 'pull_request', 'repository', 'member'],
    created_at: account.createdAt,
    updated_at: account.createdAt,
    single_file_name: null,
    suspended_by: null,
    suspended_at: null,
  };
}
