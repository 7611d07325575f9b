import type { Answer } from '../http/answer.js';
import { html, page } from '../http/html.js';
import type { Account } from '../state/accounts.js';

/** What the accounts are for. */
const ABOUT: Readonly<Record<string, string>> = {
  admin: 'may do everything, in both organisations',
  member: 'writes in acme, and cannot see globex',
  auditor: 'reads both organisations, and writes nowhere',
};

/** The page on which a person says who they are; every choice is a link, so the keyboard is enough. */
export function signInPage(users: readonly Account[], query: URLSearchParams): Answer {
  const items = users.map(({ login, name }) => {
    const parameters = new URLSearchParams(query);
    parameters.set('login', login);
    const target = `/login/oauth/authorize?${parameters.toString()}`;
    const about = ABOUT[login] ?? '';
    return html`<li>
      <a class="account" href="${target}"
        ><strong>${login}</strong> · ${name}<br /><span class="note">${about}</span></a
      >
    </li>`;
  });
  const content = html`<h1>Sign in to the local forge</h1>
    <p>This stands in for GitHub on this machine. Choose who you are; there are no passwords.</p>
    <ul>
      ${items}
    </ul>`;
  return page(200, 'Sign in to the local forge', content);
}
