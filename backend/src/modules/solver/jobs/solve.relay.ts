import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { Relay } from '../../../platform/queue/relay.js';
import { SolvesRepository } from '../repositories/solves.repository.js';

/** Solves whose job was lost, or whose worker has died, are begun or gone on with. */
@Injectable()
export class SolveRelay extends Relay {
  constructor(
    @InjectQueue('solve') queue: Queue<WakeUp>,
    private readonly solves: SolvesRepository,
  ) {
    super(queue);
  }

  protected due(limit: number): Promise<string[]> {
    return this.solves.due(limit);
  }
}
