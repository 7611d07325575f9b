import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { Relay } from '../../../platform/queue/relay.js';
import { IssuesRepository } from '../repositories/issues.repository.js';

/** Drafts whose job was lost are written nevertheless. */
@Injectable()
export class DraftRelay extends Relay {
  constructor(
    @InjectQueue('draft') queue: Queue<WakeUp>,
    private readonly issues: IssuesRepository,
  ) {
    super(queue);
  }

  protected due(limit: number): Promise<string[]> {
    return this.issues.due(limit);
  }
}
