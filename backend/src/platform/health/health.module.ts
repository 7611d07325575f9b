import { Module } from '@nestjs/common';
import { ConfigModule } from '../config/config.js';
import { QueueModule } from '../queue/queues.js';
import { RedisModule } from '../redis/redis.module.js';
import { HealthChecks } from './health.checks.js';
import { HealthController } from './health.controller.js';
import { HealthRegistryModule } from './health.registry.js';

@Module({
  imports: [ConfigModule, RedisModule, QueueModule.register('index'), HealthRegistryModule],
  providers: [HealthChecks],
  controllers: [HealthController],
})
export class HealthModule {}
