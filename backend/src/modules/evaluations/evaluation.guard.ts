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
import type { Evaluation } from './entities/evaluation.entity.js';
import { evaluationNotFound } from './evaluations.errors.js';
import { EvaluationsRepository } from './repositories/evaluations.repository.js';

type EvaluationRequest = AuthenticatedRequest & { evaluation: Evaluation };

/** `:evaluationId` is an evaluation of the session; one of a foreign session is as unknown as one that does not exist. */
@Injectable()
export class EvaluationGuard extends SessionObjectGuard {
  constructor(
    reflector: Reflector,
    sessions: SessionAccessService,
    streams: SessionStreams,
    private readonly evaluations: EvaluationsRepository,
  ) {
    super(reflector, sessions, streams);
  }

  protected async find(req: AuthenticatedRequest): Promise<SessionAccess> {
    const id = String(req.params['evaluationId']);
    const evaluation = isId(id) ? await this.evaluations.byId(id) : null;
    const session = evaluation && (await this.sessions.find(req.principal.userId, evaluation.sessionId));
    if (!session) throw evaluationNotFound();
    Object.assign(req, { evaluation });
    return session;
  }
}

/** On handlers of one evaluation: what the caller needs in its session. */
export function EvaluationRight(right: SessionAccess['role'], need: Need = {}): MethodDecorator & ClassDecorator {
  return RightInSession(EvaluationGuard, 'evaluationId', { right, ...need });
}

/** Handler parameter: the evaluation that the request has been admitted to. */
export const CurrentEvaluation = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Evaluation =>
    context.switchToHttp().getRequest<EvaluationRequest>().evaluation,
);
