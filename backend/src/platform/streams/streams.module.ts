import { Module } from '@nestjs/common';
import { RedisModule } from '../redis/redis.module.js';
import { LiveEvents } from './live-events.js';
import { OpenStreams } from './open-streams.js';
import { StreamLog } from './stream-log.js';
import { Wakeups } from './wakeups.js';

@Module({
  imports: [RedisModule],
  providers: [Wakeups, StreamLog, LiveEvents, OpenStreams],
  exports: [Wakeups, StreamLog, LiveEvents, OpenStreams],
})
export class StreamsModule {}
