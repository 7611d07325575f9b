import { Module } from '@nestjs/common';
import { SolveProgressFactory } from './engine/solve-progress.factory.js';
import { SolveRunner } from './engine/solve-runner.js';
import { SolveSource } from './engine/solve-source.js';
import { TestBench } from './engine/test-bench.js';
import { PullRequestProcessor } from './jobs/pull-request.processor.js';
import { PullRequestRelay } from './jobs/pull-request.relay.js';
import { SolveProcessor } from './jobs/solve.processor.js';
import { SolveRelay } from './jobs/solve.relay.js';
import { WorkTreeTask } from './jobs/work-tree.task.js';
import { PullRequestWorker } from './pulls/pull-request-worker.service.js';
import { RequesterPrincipal } from './requester-principal.js';
import { SandboxFactory } from './sandbox/sandbox.factory.js';
import { SolveWorker } from './solve-worker.service.js';
import { SolverModule } from './solver.module.js';

/** Running solves and opening their pull requests. */
@Module({
  imports: [SolverModule],
  providers: [
    SolveSource,
    SandboxFactory,
    TestBench,
    SolveRunner,
    SolveProgressFactory,
    SolveWorker,
    SolveProcessor,
    SolveRelay,
    WorkTreeTask,
    RequesterPrincipal,
    PullRequestWorker,
    PullRequestProcessor,
    PullRequestRelay,
  ],
})
export class SolverJobsModule {}
