import { Module } from '@nestjs/common';
import { ENTITIES } from './entities.js';
import { DatabaseRoot } from './platform/database/database.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { QueueRoot } from './platform/queue/queues.js';

/** The process that answers HTTP. */
@Module({
  imports: [DatabaseRoot.with(ENTITIES), QueueRoot.connect(), HttpModule, HealthModule],
})
export class ApiModule {}
