import { createParamDecorator, type ExecutionContext, SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal, Role, Scope } from './principal.js';

export const ACCESS = 'yudai:access';

/** The right a handler asks for; `'public'` = none. A handler without a declaration does not start. */
export type AccessRule =
  'public' | { readonly scope: Scope; readonly roles?: readonly Role[]; readonly cookieOnly?: true };

/** Reachable without signing in. */
export const Public = (): CustomDecorator => SetMetadata(ACCESS, 'public' satisfies AccessRule);

/** Needs a signed-in user; a token needs `scope`; `roles` narrows to deployment roles; `cookieOnly` shuts tokens out. */
export const Access = (rule: Exclude<AccessRule, 'public'>): CustomDecorator => SetMetadata(ACCESS, rule);

/** Request with the caller that the guard has put on it. */
export type AuthenticatedRequest = Request & {
  principal: Principal;
  /** Makes a long answer end with the login or token it was asked for with: aborts `stream` then. */
  endWithLogin?: (stream: AbortController) => Promise<void>;
};

/** Handler parameter: the signed-in caller. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().principal,
);
