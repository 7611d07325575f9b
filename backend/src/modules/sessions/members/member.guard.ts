import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { isId } from '../../../platform/database/ids.js';
import type { AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import type { SessionMember } from '../entities/session-member.entity.js';
import { MembersRepository } from '../repositories/members.repository.js';
import type { SessionAccess } from '../session-access.service.js';
import { SessionRight } from '../session.guard.js';
import { memberNotFound } from '../sessions.errors.js';

type MemberRequest = AuthenticatedRequest & { sessionAccess: SessionAccess; sessionMember: SessionMember };

/** `:userId` takes part in the session that was found before, else 404. */
@Injectable()
export class MemberGuard implements CanActivate {
  constructor(private readonly members: MembersRepository) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<MemberRequest>();
    const userId = String(req.params['userId']);
    const member = isId(userId) ? await this.members.find(req.sessionAccess.id, userId) : null;
    if (!member) throw memberNotFound();
    req.sessionMember = member;
    return true;
  }
}

/** On handlers that change one member: the session's owner may. */
export function MemberRight(): MethodDecorator {
  return applyDecorators(SessionRight('owner', { github: 'none', archived: 'allowed' }), UseGuards(MemberGuard));
}

/** Handler parameter: the member that `MemberGuard` has found. */
export const CurrentMember = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SessionMember =>
    context.switchToHttp().getRequest<MemberRequest>().sessionMember,
);
