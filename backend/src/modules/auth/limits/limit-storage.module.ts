import { Module } from '@nestjs/common';
import { RedisModule } from '../../../platform/redis/redis.module.js';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';

/** The counters, for the library's own module and for ours. */
@Module({ imports: [RedisModule], providers: [RedisThrottlerStorage], exports: [RedisThrottlerStorage] })
export class LimitStorageModule {}
