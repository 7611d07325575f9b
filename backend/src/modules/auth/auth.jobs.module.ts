import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { IdempotencyModule } from '../../platform/http/idempotency.module.js';
import { AuthModule } from './auth.module.js';
import { SweeperTask } from './jobs/sweeper.task.js';

/** What the worker does about people. */
@Module({ imports: [AuthModule, ConfigModule, IdempotencyModule], providers: [SweeperTask] })
export class AuthJobsModule {}
