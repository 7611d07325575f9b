import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isId } from '../../platform/database/ids.js';
import type { AuthenticatedRequest } from '../../platform/http/access.decorator.js';
import {
  type Need,
  RightInSession,
  type SessionAccess,
  SessionAccessService,
  SessionObjectGuard,
  SessionStreams,
} from '../sessions/index.js';
import type { Issue } from './entities/issue.entity.js';
import { issueNotFound } from './issues.errors.js';
import { IssuesService } from './issues.service.js';

/** An issue with what the caller may do in its session. */
export interface IssueAccess {
  readonly issue: Issue;
  readonly session: SessionAccess;
}

type IssueRequest = AuthenticatedRequest & { issueAccess: IssueAccess };

/** `:issueId` is an issue of the session; one of a foreign session is as unknown as one that does not exist. */
@Injectable()
export class IssueGuard extends SessionObjectGuard {
  constructor(
    reflector: Reflector,
    sessions: SessionAccessService,
    streams: SessionStreams,
    private readonly issues: IssuesService,
  ) {
    super(reflector, sessions, streams);
  }

  protected async find(req: AuthenticatedRequest): Promise<SessionAccess> {
    const id = String(req.params['issueId']);
    const issue = isId(id) ? await this.issues.byId(id) : null;
    const session = issue && (await this.sessions.find(req.principal.userId, issue.sessionId));
    if (!session) throw issueNotFound();
    Object.assign(req, { issueAccess: { issue, session } });
    return session;
  }
}

/** On handlers (or a whole controller) of one issue: what the caller needs in its session. */
export function IssueRight(right: SessionAccess['role'], need: Need = {}): MethodDecorator & ClassDecorator {
  return RightInSession(IssueGuard, 'issueId', { right, ...need });
}

/** Handler parameter: the issue that the request has been admitted to. */
export const CurrentIssue = createParamDecorator(
  (_data: unknown, context: ExecutionContext): IssueAccess =>
    context.switchToHttp().getRequest<IssueRequest>().issueAccess,
);
