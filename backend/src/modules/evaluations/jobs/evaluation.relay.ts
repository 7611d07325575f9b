import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { Relay } from '../../../platform/queue/relay.js';
import { EvaluationsRepository } from '../repositories/evaluations.repository.js';

/** Evaluations whose job was lost, or whose worker has died, are gone on with. */
@Injectable()
export class EvaluationRelay extends Relay {
  constructor(
    @InjectQueue('evaluation') queue: Queue<WakeUp>,
    private readonly evaluations: EvaluationsRepository,
  ) {
    super(queue);
  }

  protected due(limit: number): Promise<string[]> {
    return this.evaluations.due(limit);
  }
}
