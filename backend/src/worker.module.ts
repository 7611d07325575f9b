import { Module } from '@nestjs/common';
import { ENTITIES } from './entities.js';
import { AuditJobsModule } from './modules/audit/index.js';
import { AuthJobsModule } from './modules/auth/index.js';
import { EmbeddingsJobsModule } from './modules/embeddings/index.js';
import { EvaluationsJobsModule } from './modules/evaluations/index.js';
import { GithubJobsModule } from './modules/github/index.js';
import { IssuesJobsModule } from './modules/issues/index.js';
import { SessionsJobsModule } from './modules/sessions/index.js';
import { SolverJobsModule } from './modules/solver/index.js';
import { DatabaseRoot } from './platform/database/database.module.js';
import { OutboxModule } from './platform/database/outbox.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { JobLogModule } from './platform/queue/job-log.js';
import { QueueRoot } from './platform/queue/queues.js';
import { HandOverModule } from './platform/queue/hand-over.js';

/** The process that works the queues; it answers no HTTP but its figures. */
@Module({
  imports: [
    DatabaseRoot.with(ENTITIES),
    QueueRoot.connect(),
    JobLogModule,
    HandOverModule,
    OutboxModule,
    MetricsModule,
    AuditJobsModule,
    AuthJobsModule,
    GithubJobsModule,
    EmbeddingsJobsModule,
    SessionsJobsModule,
    IssuesJobsModule,
    SolverJobsModule,
    EvaluationsJobsModule,
  ],
})
export class WorkerModule {}
