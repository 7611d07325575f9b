import type { Forge } from '../forge.js';
import type { Answer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { html, page } from '../http/html.js';
import type { Account } from '../state/accounts.js';
import { CHALLENGE, parameter } from './parameters.js';
import { signInPage } from './sign-in-page.js';
import { sessionCookie } from './web-session.js';

interface Wish {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly challenge: string | null;
}

/** `GET /login/oauth/authorize`: the first half of GitHub's web application flow, with PKCE (RFC 7636). */
export class AuthorizeEndpoint {
  constructor(
    private readonly forge: Forge,
    private readonly clientId: string,
  ) {}

  handle({ query }: Call): Answer {
    if (parameter(query, 'client_id') !== this.clientId) return problem(404, 'There is no App with this client id.');
    const redirectUri = parameter(query, 'redirect_uri');
    if (redirectUri === undefined || !isWebAddress(redirectUri)) {
      return problem(400, 'The redirect_uri is missing, or is no address of a web page.');
    }
    const method = query.get('code_challenge_method');
    const challenge = query.get('code_challenge');
    const state = parameter(query, 'state');
    if (challenge !== null && (method !== 'S256' || !CHALLENGE.test(challenge))) {
      return back(redirectUri, { error: 'invalid_request', error_description: 'PKCE needs S256.', state });
    }
    const wish = { redirectUri, state, challenge };
    const login = parameter(query, 'login');
    const user = login === undefined ? undefined : this.forge.state.accounts.byLogin(login);
    return user?.type === 'User' ? this.signIn(user, wish) : signInPage(this.forge.state.accounts.users(), query);
  }

  private signIn(user: Account, { redirectUri, state, challenge }: Wish): Answer {
    const { grants } = this.forge.state;
    const code = grants.issueCode({ userId: user.id, redirectUri, challenge });
    return back(redirectUri, { code, state }, { 'set-cookie': sessionCookie(grants.issueWeb(user.id)) });
  }
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hash === '' && url.username === ''
  );
}

function back(
  redirectUri: string,
  values: Readonly<Record<string, string | undefined>>,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(values)) if (value !== undefined) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store', ...headers } };
}

function problem(status: number, text: string): Answer {
  return page(
    status,
    'Sign-in is not possible',
    html`<h1>Sign-in is not possible</h1>
      <p>${text}</p>`,
  );
}
