import { currentContext } from '../../platform/context/request-context.js';
import type { Principal } from '../../platform/http/principal.js';
import type { User } from './entities/user.entity.js';

type WayIn = Pick<Principal, 'via' | 'loginId' | 'tokenId' | 'scopes'>;

/** Who a request is made by, seen from the way it came in; null when the user has been disabled. */
export function principalOf(user: User, wayIn: WayIn): Principal | null {
  const principal: Principal = {
    userId: user.id,
    githubId: user.githubId,
    login: user.login,
    role: user.role,
    ...wayIn,
  };
  if (user.disabledAt === null) return principal;
  nameInContext(principal);
  return null;
}

/** Log lines and audit entries of this request name the principal from here on, also when the request is refused. */
export function nameInContext(principal: Principal): void {
  const context = currentContext();
  if (!context) return;
  context.principal = principal;
  context.via = principal.via;
}
