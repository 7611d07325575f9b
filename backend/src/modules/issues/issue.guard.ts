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
import { isId } from '../../platform/database/ids.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AuthenticatedRequest } from '../../platform/http/access.decorator.js';
import { type SessionAccess, SessionAccessService, type SessionNeed } from '../sessions/index.js';
import type { Issue } from './entities/issue.entity.js';
import { issueNotFound } from './issues.errors.js';
import { IssuesService } from './issues.service.js';

/** An issue with what the caller may do in its session. */
export interface IssueAccess {
  readonly issue: Issue;
  readonly session: SessionAccess;
}

type IssueRequest = AuthenticatedRequest & { issueAccess: IssueAccess };

const RIGHT = 'yudai:issue-right';

/**
 * `:issueId` is an issue of a session in which the caller takes part, else 404; with the right that `IssueRight` names, else
 * 403; on a repository that GitHub lets the caller read (else 404) or write (else 403); and, for writing, not archived (else
 * 409). Before the body is looked at.
 */
@Injectable()
export class IssueGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly issues: IssuesService,
    private readonly sessions: SessionAccessService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const needed = this.reflector.getAllAndOverride<SessionNeed | undefined>(RIGHT, targets);
    const req = context.switchToHttp().getRequest<IssueRequest>();
    const access = await this.find(req.principal.userId, String(req.params['issueId']));
    await this.sessions.admit(access.session, needed);
    req.issueAccess = access;
    return true;
  }

  /** An issue of a foreign session is as unknown as one that does not exist. */
  private async find(userId: string, id: string): Promise<IssueAccess> {
    const issue = isId(id) ? await this.issues.byId(id) : null;
    if (!issue) throw issueNotFound();
    const session = await this.sessions.of(userId, issue.sessionId).catch((error: unknown) => {
      throw error instanceof DomainError && error.kind === 'not-found' ? issueNotFound() : error;
    });
    return { issue, session };
  }
}

/** On handlers (or a whole controller) of one issue: what the caller needs there. Brings `IssueGuard` along. */
export function IssueRight(
  right: SessionAccess['role'],
  need: Omit<SessionNeed, 'right'> = {},
): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(RIGHT, { right, ...need }), UseGuards(IssueGuard));
}

/** Handler parameter: the issue that `IssueGuard` has found. */
export const CurrentIssue = createParamDecorator(
  (_data: unknown, context: ExecutionContext): IssueAccess =>
    context.switchToHttp().getRequest<IssueRequest>().issueAccess,
);
