import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { Relay } from '../../../platform/queue/relay.js';
import { CondensationsRepository } from '../repositories/condensations.repository.js';

/** Condensations whose job, or whose worker, was lost are written nevertheless. */
@Injectable()
export class CondenseRelay extends Relay {
  constructor(
    @InjectQueue('condense') queue: Queue<WakeUp>,
    private readonly condensations: CondensationsRepository,
  ) {
    super(queue);
  }

  protected due(limit: number): Promise<string[]> {
    return this.condensations.due(limit);
  }
}
