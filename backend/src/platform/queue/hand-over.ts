import { getQueueToken } from '@nestjs/bull';
import { Inject, Injectable, Logger, Module, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bull';
import { CONFIG, type Config, ConfigModule } from '../config/config.js';
import { DatabaseModule } from '../database/database.module.js';
import { Leases } from '../database/lease.js';
import { QUEUES, type WakeUp } from './queues.js';

/** The share of the time to end in that work under way may take to finish by itself. */
const PATIENCE = 1 / 3;

/**
 * A worker that ends takes no job any more, finishes what is nearly done, and gives the other rows back: another worker, or
 * the next start, goes on with them at once and does not have to wait for the end of a lease.
 */
@Injectable()
export class HandOver implements OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger(HandOver.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly modules: ModuleRef,
    private readonly leases: Leases,
  ) {}

  async onModuleDestroy(): Promise<void> {
    for (const queue of this.queues()) {
      queue.pause(true, true).catch((error: unknown) => {
        this.logger.warn({ message: 'queue not paused', queue: queue.name, error });
      });
    }
    const count = await this.leases.handOver(this.config.SHUTDOWN_SECONDS * 1_000 * PATIENCE);
    if (count > 0) this.logger.log({ message: 'work handed over', rows: count });
  }

  /** All at once; one after the other, as they do it by themselves, takes seconds. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.queues().map((queue) => queue.close()));
  }

  private queues(): Queue<WakeUp>[] {
    return QUEUES.map((name) => this.modules.get<Queue<WakeUp>>(getQueueToken(name), { strict: false }));
  }
}

@Module({ imports: [ConfigModule, DatabaseModule], providers: [HandOver] })
export class HandOverModule {}
