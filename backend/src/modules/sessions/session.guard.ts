import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AuthenticatedRequest } from '../../platform/http/access.decorator.js';
import type { SessionRole } from './entities/session-member.entity.js';
import { type SessionAccess, SessionAccessService, type SessionNeed } from './session-access.service.js';

type SessionRequest = AuthenticatedRequest & { sessionAccess: SessionAccess };

const RIGHT = 'yudai:session-right';

/**
 * `:id` (or `:sessionId`) is a session in which the caller takes part, else 404; with the right that `SessionRight` names,
 * else 403; on a repository that GitHub lets the caller read (else 404) or write (else 403); and, for writing, not archived
 * (else 409). Before the body is looked at.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: SessionAccessService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<SessionNeed | undefined>(RIGHT, [
      context.getHandler(),
      context.getClass(),
    ]);
    const req = context.switchToHttp().getRequest<SessionRequest>();
    const { id, sessionId = id } = req.params;
    const access = await this.access.of(req.principal.userId, String(sessionId));
    await this.access.admit(access, needed);
    req.sessionAccess = access;
    return true;
  }
}

/** On handlers (or a whole controller) of one session: what the caller needs there. Brings `SessionGuard` along. */
export function SessionRight(
  right: SessionRole,
  need: Omit<SessionNeed, 'right'> = {},
): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(RIGHT, { right, ...need }), UseGuards(SessionGuard));
}

/** Handler parameter: the session that `SessionGuard` has found. */
export const CurrentSession = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SessionAccess =>
    context.switchToHttp().getRequest<SessionRequest>().sessionAccess,
);
