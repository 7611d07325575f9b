import type { Call } from '../http/call.js';
import type { State } from '../state/state.js';

const NAME = 'forge_session';

/** Keeps a browser signed in for the forge's own pages. */
export function sessionCookie(token: string): string {
  return `${NAME}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600`;
}

/** The id of the user whose browser this is; undefined for a stranger. */
export function userOfBrowser(call: Call, { grants }: State): number | undefined {
  const cookies = (call.header('cookie') ?? '').split(/;\s*/);
  const token = cookies.find((cookie) => cookie.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  return token === undefined ? undefined : grants.userOf(token, 'web');
}
