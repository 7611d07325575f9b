import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { BlobsRepository } from '../repositories/blobs.repository.js';

const INTERVAL_MS = 60 * 60_000;

/** Contents also lose their last reader when a repository goes; nobody tells of that. */
@Injectable()
export class OrphanSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new PeriodicTask('orphan sweeper', INTERVAL_MS, async () => {
    await this.blobs.collectOrphans();
  });

  constructor(private readonly blobs: BlobsRepository) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }
}
