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
import type { Solve } from './entities/solve.entity.js';
import { SolvesRepository } from './repositories/solves.repository.js';
import { solveNotFound } from './solver.errors.js';

/** A solve with what one of its session's members may do there. */
export interface SolveAccess {
  readonly solve: Solve;
  readonly session: SessionAccess;
}

type SolveRequest = AuthenticatedRequest & { solveAccess: SolveAccess };

/** `:id` is a solve of the session; somebody else's looks like one that does not exist. */
@Injectable()
export class SolveGuard extends SessionObjectGuard {
  constructor(
    reflector: Reflector,
    sessions: SessionAccessService,
    streams: SessionStreams,
    private readonly solves: SolvesRepository,
  ) {
    super(reflector, sessions, streams);
  }

  protected async find(req: AuthenticatedRequest): Promise<SessionAccess> {
    const id = String(req.params['id']);
    const solve = isId(id) ? await this.solves.byId(id) : null;
    const session = solve && (await this.sessions.find(req.principal.userId, solve.sessionId));
    if (!session) throw solveNotFound();
    Object.assign(req, { solveAccess: { solve, session } });
    return session;
  }
}

/** On handlers of one solve: what the caller needs in its session. */
export function SolveRight(right: SessionAccess['role'], need: Need = {}): MethodDecorator & ClassDecorator {
  return RightInSession(SolveGuard, 'id', { right, ...need });
}

/** Handler parameter: the solve that the request has been admitted to. */
export const CurrentSolve = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SolveAccess =>
    context.switchToHttp().getRequest<SolveRequest>().solveAccess,
);
