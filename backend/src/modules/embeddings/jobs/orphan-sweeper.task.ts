import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { BlobsRepository } from '../repositories/blobs.repository.js';
import { SnapshotsRepository } from '../repositories/snapshots.repository.js';
import { TextsRepository } from '../repositories/texts.repository.js';

const INTERVAL_MS = 60 * 60_000;
/** Longer than a file is gone on with that a worker was killed over. */
const UNFINISHED_SECONDS = 24 * 3_600;

/** Pinned snapshots lose those whom they are for, and contents their last reader, also when a repository goes; nobody tells of that. */
@Injectable()
export class OrphanSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new PeriodicTask('orphan sweeper', INTERVAL_MS, async () => {
    await this.snapshots.dropUnkept();
    await this.blobs.collectOrphans();
    await this.texts.collectUnfinished(UNFINISHED_SECONDS);
  });

  constructor(
    private readonly blobs: BlobsRepository,
    private readonly texts: TextsRepository,
    private readonly snapshots: SnapshotsRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }
}
