import { Module } from '@nestjs/common';
import { ENTITIES } from './entities.js';
import { AuditJobsModule } from './modules/audit/index.js';
import { AuthJobsModule } from './modules/auth/index.js';
import { DatabaseRoot } from './platform/database/database.module.js';
import { OutboxModule } from './platform/database/outbox.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { QueueRoot } from './platform/queue/queues.js';

/** The process that works the queues; it has no routes but health. */
@Module({
  imports: [
    DatabaseRoot.with(ENTITIES),
    QueueRoot.connect(),
    OutboxModule,
    HealthModule,
    AuditJobsModule,
    AuthJobsModule,
  ],
})
export class WorkerModule {}
