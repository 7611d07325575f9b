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
import type { Solve } from './entities/solve.entity.js';
import { SolvesRepository } from './repositories/solves.repository.js';
import { solveNotFound } from './solver.errors.js';

/** A solve with what one of its session's members may do there. */
export interface SolveAccess {
  readonly solve: Solve;
  readonly session: SessionAccess;
}

type SolveRequest = AuthenticatedRequest & { solveAccess: SolveAccess };

const RIGHT = 'yudai:solve-right';

/** `:id` is a solve of a session in which the caller takes part, with the right that `SolveRight` names; see `SessionGuard`. */
@Injectable()
export class SolveGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly solves: SolvesRepository,
    private readonly sessions: SessionAccessService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.get<SessionNeed>(RIGHT, context.getHandler());
    const req = context.switchToHttp().getRequest<SolveRequest>();
    const id = String(req.params['id']);
    const solve = isId(id) ? await this.solves.byId(id) : null;
    if (!solve) throw solveNotFound();
    const session = await this.sessions.of(req.principal.userId, solve.sessionId).catch(asUnknown);
    await this.sessions.admit(session, needed);
    req.solveAccess = { solve, session };
    return true;
  }
}

/** Somebody else's solve looks like one that does not exist. */
function asUnknown(error: unknown): never {
  throw error instanceof DomainError && error.kind === 'not-found' ? solveNotFound() : error;
}

/** On handlers of one solve: what the caller needs in its session. Brings `SolveGuard` along. */
export function SolveRight(right: SessionAccess['role'], need: Omit<SessionNeed, 'right'> = {}): MethodDecorator {
  return applyDecorators(SetMetadata(RIGHT, { right, ...need }), UseGuards(SolveGuard));
}

/** Handler parameter: the solve that `SolveGuard` has found. */
export const CurrentSolve = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SolveAccess =>
    context.switchToHttp().getRequest<SolveRequest>().solveAccess,
);
