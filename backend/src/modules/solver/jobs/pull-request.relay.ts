import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { Relay } from '../../../platform/queue/relay.js';
import { PullRequestsService } from '../../github/index.js';

/** Pull requests that were asked for and whose job was lost are opened nevertheless. */
@Injectable()
export class PullRequestRelay extends Relay {
  constructor(
    @InjectQueue('pull-request') queue: Queue<WakeUp>,
    private readonly pulls: PullRequestsService,
  ) {
    super(queue);
  }

  protected due(limit: number): Promise<string[]> {
    return this.pulls.due(limit);
  }
}
