import type { Forge } from '../../forge.js';
import { json } from '../../http/answer.js';
import { notFound } from '../../http/refusal.js';
import type { Account } from '../../state/accounts.js';
import type { Operations } from '../api-call.js';
import { window } from '../pagination.js';
import { presentOneself, presentAccount, presentOrganisation } from '../present/account.js';
import { presentInstallation } from '../present/installation.js';

/** Who somebody is, and where the App is installed for them. */
export function userOperations({ state, links }: Forge): Operations {
  /** The App is installed wherever somebody can reach a repository. */
  const reachableAccounts = (user: Account): Account[] => {
    const owners = new Set(state.repositories.reachable(user.id).map(({ ownerId }) => ownerId));
    return [...owners].sort((a, b) => a - b).flatMap((id) => state.accounts.byId(id) ?? []);
  };

  return {
    'GET /user': ({ user }) => json(200, presentOneself(links, user)),

    'GET /user/memberships/orgs/{org}': ({ user, path }) => {
      const organisation = state.accounts.byLogin(String(path['org']));
      const permission = organisation && state.accounts.membership(organisation.id, user.id);
      if (!organisation || !permission) throw notFound();
      const url = `${links.api}/orgs/${organisation.login}`;
      return json(200, {
        url: `${url}/memberships/${user.login}`,
        state: 'active',
        role: permission === 'admin' ? 'admin' : 'member',
        organization_url: url,
        organization: presentOrganisation(links, organisation),
        user: presentAccount(links, user),
      });
    },

    'GET /user/installations': (call) => {
      const accounts = reachableAccounts(call.user);
      const { items, link } = window(links, call, accounts);
      const installations = items.map((account) => presentInstallation(links, account));
      return json(200, { total_count: accounts.length, installations }, link);
    },
  };
}
