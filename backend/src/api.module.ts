import { Module } from '@nestjs/common';
import { ENTITIES } from './entities.js';
import { AuditHttpModule } from './modules/audit/index.js';
import { AuthHttpModule } from './modules/auth/index.js';
import { EvaluationsHttpModule } from './modules/evaluations/index.js';
import { GithubHttpModule } from './modules/github/index.js';
import { IssuesHttpModule } from './modules/issues/index.js';
import { SessionsHttpModule } from './modules/sessions/index.js';
import { SolverHttpModule } from './modules/solver/index.js';
import { ActivityHttpModule } from './platform/activity/activity.module.js';
import { DatabaseRoot } from './platform/database/database.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { EventsModule } from './platform/http/events.controller.js';
import { HttpModule } from './platform/http/http.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { QueueRoot } from './platform/queue/queues.js';

/** The process that answers HTTP. Interceptors act in the order of these imports: limits (auth), then media type and validation. */
@Module({
  imports: [
    DatabaseRoot.with(ENTITIES),
    QueueRoot.connect(),
    AuthHttpModule,
    AuditHttpModule,
    GithubHttpModule,
    SessionsHttpModule,
    IssuesHttpModule,
    SolverHttpModule,
    EvaluationsHttpModule,
    ActivityHttpModule,
    HttpModule,
    EventsModule,
    HealthModule,
    MetricsModule,
  ],
})
export class ApiModule {}
