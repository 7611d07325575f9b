import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { Relay } from '../../../platform/queue/relay.js';
import { SnapshotsRepository } from '../repositories/snapshots.repository.js';

/** Branches whose job was lost, or whose worker has died, are read nevertheless. */
@Injectable()
export class IndexRelay extends Relay {
  constructor(
    @InjectQueue('index') queue: Queue<WakeUp>,
    private readonly snapshots: SnapshotsRepository,
  ) {
    super(queue);
  }

  protected due(limit: number): Promise<string[]> {
    return this.snapshots.due(limit);
  }
}
