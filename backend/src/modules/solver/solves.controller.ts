import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, type AuthenticatedRequest, CurrentPrincipal } from '../../platform/http/access.decorator.js';
import { Ending } from '../../platform/http/draining.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import type { Principal } from '../../platform/http/principal.js';
import { lastEventId, sendEvents } from '../../platform/http/sse.js';
import { GITHUB_FAILURES } from '../github/index.js';
import { ListSolvesQuery, SolveEventsQuery } from './dto/list-solves.query.js';
import { OpenPullRequestDto, PullRequestDto, SolveDiffDto, TrajectoryDto } from './dto/results.dto.js';
import { SolveDto, SolvePageDto } from './dto/solve.dto.js';
import { SolveEventPageDto } from './dto/solve-event.dto.js';
import { SolvePullRequests } from './pulls/solve-pull-requests.service.js';
import { CurrentSolve, type SolveAccess, SolveRight } from './solve.guard.js';
import { SolvePresenter } from './solve.presenter.js';
import { SolveEventsService } from './solve-events.service.js';
import { SolveResultsService } from './solve-results.service.js';
import { SolveCancellation } from './solve-cancellation.service.js';
import { VisibleSolves } from './visible-solves.service.js';

@ApiTags('Solver')
@Controller('solves')
export class SolvesController {
  constructor(
    private readonly cancellation: SolveCancellation,
    private readonly presenter: SolvePresenter,
    private readonly events: SolveEventsService,
    private readonly results: SolveResultsService,
    private readonly pullRequests: SolvePullRequests,
    private readonly visible: VisibleSolves,
  ) {}

  @Access({ scope: 'read' })
  @Get()
  @Endpoint({
    summary: "Solves of the caller's sessions, newest first",
    type: SolvePageDto,
    errors: GITHUB_FAILURES,
  })
  async listSolves(@CurrentPrincipal() principal: Principal, @Query() query: ListSolvesQuery): Promise<SolvePageDto> {
    return this.presenter.list(await this.visible.filter(principal, query), query);
  }

  @Access({ scope: 'read' })
  @SolveRight('viewer')
  @Get(':id')
  @Endpoint({ summary: 'A solve', type: SolveDto })
  getSolve(@CurrentSolve() { solve }: SolveAccess): Promise<SolveDto> {
    return this.presenter.one(solve);
  }

  @Access({ scope: 'read' })
  @SolveRight('viewer')
  @Get(':id/events')
  @Endpoint({
    summary: 'What happened in a solve: a stream, or the stored list when JSON is asked for',
    type: SolveEventPageDto,
    produces: 'text/event-stream',
  })
  async getSolveEvents(
    @CurrentSolve() { solve }: SolveAccess,
    @Query() query: SolveEventsQuery,
    @Req() req: AuthenticatedRequest,
    @Res() res: Response,
  ): Promise<void> {
    if (req.accepts(['text/event-stream', 'application/json']) === 'application/json') {
      res.json(await this.events.list(solve.id, query.after, query.limit));
      return;
    }
    const after = Math.max(query.after, Number(lastEventId(req) ?? 0) || 0);
    await sendEvents(req, res, (signal) => this.events.follow(solve.id, after, signal));
  }

  @Access({ scope: 'solve' })
  @SolveRight('editor', { github: 'none' })
  @Post(':id/cancel')
  @Idempotent()
  @Endpoint({
    summary: 'Ends a solve; its processes are gone within seconds',
    status: 202,
    type: SolveDto,
    errors: [409],
  })
  cancelSolve(@CurrentSolve() access: SolveAccess): Promise<SolveDto> {
    return this.cancellation.cancel(access);
  }

  @Access({ scope: 'read' })
  @SolveRight('viewer')
  @Get(':id/diff')
  @Endpoint({
    summary: 'What a solve changed: a unified diff, or files and patch when JSON is asked for',
    type: SolveDiffDto,
    produces: 'text/x-diff',
  })
  async getSolveDiff(
    @CurrentSolve() { solve }: SolveAccess,
    @Req() req: AuthenticatedRequest,
    @Res() res: Response,
  ): Promise<void> {
    if (req.accepts(['text/x-diff', 'application/json']) === 'application/json') {
      res.json(await this.results.diff(solve.id));
      return;
    }
    res.type('text/x-diff; charset=utf-8').send(await this.results.patch(solve.id));
  }

  @Access({ scope: 'read' })
  @SolveRight('viewer')
  @Get(':id/trajectory')
  @Endpoint({ summary: 'The whole conversation between model and sandbox', type: TrajectoryDto })
  getSolveTrajectory(@CurrentSolve() { solve, session }: SolveAccess): Promise<TrajectoryDto> {
    return this.results.trajectory(solve, `${session.owner}/${session.repo}`);
  }

  @Access({ scope: 'solve' })
  @SolveRight('editor', { github: 'write' })
  @Post(':id/pull-request')
  @Idempotent()
  @Endpoint({
    summary: "Pushes the solve's branch and opens the pull request, once, with the caller's rights",
    status: 201,
    type: PullRequestDto,
    errors: [409, 502, 503, 504],
  })
  openPullRequest(
    @CurrentSolve() access: SolveAccess,
    @Body() wish: OpenPullRequestDto,
    @Ending() ending: AbortSignal,
  ): Promise<PullRequestDto> {
    return this.pullRequests.open(access, wish, ending);
  }
}
