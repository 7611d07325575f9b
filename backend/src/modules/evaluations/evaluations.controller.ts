import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/http/access.decorator.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Limit } from '../auth/index.js';
import { CurrentSession, type SessionAccess, SessionRight } from '../sessions/index.js';
import { EvaluationDetailDto, EvaluationDto, EvaluationPageDto, ListEvaluationsQuery } from './dto/evaluation.dto.js';
import type { Evaluation } from './entities/evaluation.entity.js';
import { CurrentEvaluation, EvaluationRight } from './evaluation.guard.js';
import { EvaluationPresenter } from './evaluation.presenter.js';
import { EvaluationsService } from './evaluations.service.js';

@ApiTags('Repository index and search')
@Controller()
export class EvaluationsController {
  constructor(
    private readonly evaluations: EvaluationsService,
    private readonly presenter: EvaluationPresenter,
  ) {}

  @Access({ scope: 'write' })
  @Limit('draft')
  @SessionRight('editor')
  @Post('sessions/:id/evaluations')
  @Idempotent()
  @Endpoint({
    summary: "Measures how well the search finds the files of the branch's own merged fixes; one at a time of a branch",
    status: 202,
    type: EvaluationDto,
    errors: [409],
  })
  async startEvaluation(@CurrentSession() session: SessionAccess): Promise<EvaluationDto> {
    return this.presenter.one(await this.evaluations.start(session));
  }

  @Access({ scope: 'read' })
  @SessionRight('viewer')
  @Get('sessions/:id/evaluations')
  @Endpoint({ summary: 'Evaluations of a session with their numbers, newest first', type: EvaluationPageDto })
  listEvaluations(
    @CurrentSession() { id }: SessionAccess,
    @Query() query: ListEvaluationsQuery,
  ): Promise<EvaluationPageDto> {
    return this.presenter.list(id, query);
  }

  @Access({ scope: 'read' })
  @EvaluationRight('viewer')
  @Get('evaluations/:evaluationId')
  @Endpoint({ summary: 'An evaluation, with each fix and what was found for it', type: EvaluationDetailDto })
  getEvaluation(@CurrentEvaluation() evaluation: Evaluation): Promise<EvaluationDetailDto> {
    return this.presenter.detail(evaluation);
  }
}
