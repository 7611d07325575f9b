import { BullModule } from '@nestjs/bull';
import { type DynamicModule, Module } from '@nestjs/common';
import type { JobOptions, QueueOptions } from 'bull';
import { CONFIG, type Config, ConfigModule } from '../config/config.js';
import { redisOptions } from '../redis/redis-options.js';

/** Every queue; a name that is not here does not compile. */
export const QUEUES = [
  ...(['index', 'chat', 'condense', 'draft', 'publish', 'solve', 'pull-request', 'webhook', 'evaluation'] as const),
] as const;
export type QueueName = (typeof QUEUES)[number];

/** What a job carries: the row that is the truth, and the request that caused it. */
export interface WakeUp {
  readonly id: string;
  readonly requestId: string;
}

/**
 * A job only wakes a worker up; the row it names has the state, the attempts and the lease. So a job is tried once,
 * leaves nothing behind, and a lost or a doubled one changes nothing.
 */
const JOB: JobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };

/**
 * The job of a worker that died stands in the way of a new one for the same row until Bull has noticed: ten seconds and
 * two looks. A lock that a busy event loop loses does no harm: the row's lease refuses the second worker.
 */
const SETTINGS: QueueOptions['settings'] = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 0 };

/** Queues on Redis. `QueueRoot.connect()` once in the application, `QueueModule.register(name)` where a queue is used. */
@Module({})
export class QueueRoot {
  static connect(): DynamicModule {
    return BullModule.forRootAsync({
      imports: [ConfigModule],
      inject: [CONFIG],
      useFactory: (config: Config) => ({
        redis: redisOptions(config.REDIS_URL, 'bull'),
        prefix: 'yudai:bull',
        defaultJobOptions: JOB,
        settings: SETTINGS,
      }),
    });
  }
}

@Module({})
export class QueueModule {
  static register(...names: QueueName[]): DynamicModule {
    const queues = BullModule.registerQueue(...names.map((name) => ({ name })));
    return { module: QueueModule, imports: [queues], exports: [queues] };
  }
}
