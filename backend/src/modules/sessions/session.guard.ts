import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  type Type,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type AuthenticatedRequest, restsOn } from '../../platform/http/access.decorator.js';
import { Failures } from '../../platform/http/endpoint.decorator.js';
import { DecidedBy } from '../../platform/http/path-object.js';
import { GITHUB_FAILURES } from '../github/index.js';
import type { SessionRole } from './entities/session-member.entity.js';
import { type SessionAccess, SessionAccessService, type SessionNeed } from './session-access.service.js';
import { SessionStreams } from './session-streams.js';

type SessionRequest = AuthenticatedRequest & { sessionAccess: SessionAccess };

const NEED = 'yudai:session-need';

/** What a handler needs of the session that its path names or leads to. */
export type Need = Omit<SessionNeed, 'right'>;

/**
 * A request's way into a session, straight or by something that belongs to it. The caller takes part in it, else 404; has the
 * right that the handler names, else 403; on a repository that GitHub lets the caller read (else 404) or write (else 403).
 * Before anything else of the request is looked at. What is streamed ends when one of these does.
 */
@Injectable()
export abstract class SessionObjectGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    protected readonly sessions: SessionAccessService,
    private readonly streams: SessionStreams,
  ) {}

  /** Finds the session, and leaves what the handler wants of it on the request. @throws DomainError (404) */
  protected abstract find(req: AuthenticatedRequest): Promise<SessionAccess>;

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const need = this.reflector.getAllAndOverride<SessionNeed>(NEED, [context.getHandler(), context.getClass()]);
    const req = context.switchToHttp().getRequest<SessionRequest>();
    const access = await this.find(req);
    await this.sessions.admit(access, need);
    restsOn(req, (stream) => this.streams.watch({ access, need }, stream));
    req.sessionAccess = access;
    return true;
  }
}

/** `:id` is the session. */
@Injectable()
export class SessionGuard extends SessionObjectGuard {
  protected find({ principal, params }: AuthenticatedRequest): Promise<SessionAccess> {
    return this.sessions.of(principal.userId, String(params['id']));
  }
}

/** On handlers (or a whole controller) that reach a session by `guard`: what the caller needs there. */
export function RightInSession(
  guard: Type<SessionObjectGuard>,
  parameter: string,
  need: SessionNeed,
): MethodDecorator & ClassDecorator {
  const failures = need.github === 'none' ? [] : GITHUB_FAILURES;
  return applyDecorators(SetMetadata(NEED, need), DecidedBy(guard, parameter), Failures(...failures));
}

/** On handlers (or a whole controller) of one session: what the caller needs there. */
export function SessionRight(right: SessionRole, need: Need = {}): MethodDecorator & ClassDecorator {
  return RightInSession(SessionGuard, 'id', { right, ...need });
}

/** Handler parameter: the session that the request has been admitted to. */
export const CurrentSession = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SessionAccess =>
    context.switchToHttp().getRequest<SessionRequest>().sessionAccess,
);
