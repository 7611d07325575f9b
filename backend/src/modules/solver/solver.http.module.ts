import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/http/idempotency.module.js';
import { IssueSolvesController } from './issue-solves.controller.js';
import { SolvePullRequests } from './pulls/solve-pull-requests.service.js';
import { SolveCancellation } from './solve-cancellation.service.js';
import { SolvePresenter } from './solve.presenter.js';
import { SolveEventsService } from './solve-events.service.js';
import { SolveResultsService } from './solve-results.service.js';
import { SolverModule } from './solver.module.js';
import { SolvesController } from './solves.controller.js';
import { SolvesElsewhere } from './solves-elsewhere.js';
import { SolvesService } from './solves.service.js';
import { VisibleSolves } from './visible-solves.service.js';

/** Starting, watching and ending solves, and their pull requests. */
@Module({
  imports: [SolverModule, IdempotencyModule],
  controllers: [SolvesController, IssueSolvesController],
  providers: [
    SolvesService,
    SolveCancellation,
    SolvePresenter,
    SolveEventsService,
    SolveResultsService,
    SolvePullRequests,
    SolvesElsewhere,
    VisibleSolves,
  ],
})
export class SolverHttpModule {}
