import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { Relay } from '../../../platform/queue/relay.js';
import { PublishIntentsRepository } from '../repositories/publish-intents.repository.js';

/** Issues whose job was lost reach GitHub nevertheless. */
@Injectable()
export class PublishRelay extends Relay {
  constructor(
    @InjectQueue('publish') queue: Queue<WakeUp>,
    private readonly intents: PublishIntentsRepository,
  ) {
    super(queue);
  }

  protected due(limit: number): Promise<string[]> {
    return this.intents.due(limit);
  }
}
