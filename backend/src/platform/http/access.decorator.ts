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

/** Aborts `stream` when a right that a request was admitted with ends. */
export type Watch = (stream: AbortController) => Promise<void>;

/** Request with the caller that the guard has put on it. */
export type AuthenticatedRequest = Request & {
  principal: Principal;
  /** What a long answer to this request rests on, as the guards have left it. */
  watches?: Watch[];
};

/** For guards: a long answer to this request goes on only while what `watch` looks after lasts. */
export function restsOn(req: AuthenticatedRequest, watch: Watch): void {
  req.watches = [...(req.watches ?? []), watch];
}

/** Handler parameter: the signed-in caller. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().principal,
);
