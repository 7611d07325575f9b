import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/http/access.decorator.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Limit, Spends } from '../auth/index.js';
import { CurrentIssue, type IssueAccess, IssueRight } from '../issues/index.js';
import { CurrentSession, type SessionAccess, SessionRight } from '../sessions/index.js';
import { SessionSolvesQuery } from './dto/list-solves.query.js';
import { ModelListDto } from './dto/results.dto.js';
import { SolveDto, SolvePageDto } from './dto/solve.dto.js';
import { StartSolveDto } from './dto/start-solve.dto.js';
import { ModelsService } from './models.service.js';
import { SolvePresenter } from './solve.presenter.js';
import { SolvesService } from './solves.service.js';

@ApiTags('Solver')
@Controller()
export class IssueSolvesController {
  constructor(
    private readonly solves: SolvesService,
    private readonly presenter: SolvePresenter,
    private readonly models: ModelsService,
  ) {}

  @Access({ scope: 'solve' })
  @Limit('solve')
  @Spends()
  @IssueRight('editor', { github: 'write' })
  @Post('issues/:issueId/solves')
  @Idempotent()
  @Endpoint({ summary: 'Starts an agent on an issue', status: 202, type: SolveDto, errors: [409] })
  async startSolve(@CurrentIssue() access: IssueAccess, @Body() wish: StartSolveDto): Promise<SolveDto> {
    return this.presenter.one(await this.solves.start(access, wish));
  }

  @Access({ scope: 'read' })
  @SessionRight('viewer')
  @Get('sessions/:id/solves')
  @Endpoint({ summary: 'Solves of a session, newest first', type: SolvePageDto })
  listSessionSolves(
    @CurrentSession() session: SessionAccess,
    @Query() query: SessionSolvesQuery,
  ): Promise<SolvePageDto> {
    return this.presenter.list({ sessionId: session.id }, query);
  }

  @Access({ scope: 'read' })
  @Get('models')
  @Endpoint({ summary: 'The models that a solve or an answer may use', type: ModelListDto, errors: [502, 503, 504] })
  async listModels(): Promise<ModelListDto> {
    const models = await this.models.list();
    const items = models.map(({ id, name, contextLength, promptPricePerMTok, completionPricePerMTok }) => ({
      id,
      name,
      contextLength,
      promptPricePerMTok,
      completionPricePerMTok,
      standard: this.models.isStandard(id),
    }));
    return { items, nextCursor: null };
  }
}
