import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { Relay } from '../../../platform/queue/relay.js';
import { WebhooksRepository } from '../repositories/webhooks.repository.js';

/** Deliveries whose job was lost are processed nevertheless. */
@Injectable()
export class WebhookRelay extends Relay {
  constructor(
    @InjectQueue('webhook') queue: Queue<WakeUp>,
    private readonly deliveries: WebhooksRepository,
  ) {
    super(queue);
  }

  protected due(limit: number): Promise<string[]> {
    return this.deliveries.due(limit);
  }
}
