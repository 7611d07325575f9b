import { Injectable } from '@nestjs/common';
import { InjectQueue } from '@nestjs/bull';
import type { Queue } from 'bull';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { wake } from '../../../platform/queue/wake.js';
import { WebhooksRepository } from '../repositories/webhooks.repository.js';
import type { Delivery } from './delivery.js';

/** Where deliveries arrive: stored first, then a worker is woken. */
@Injectable()
export class WebhookInbox {
  constructor(
    private readonly deliveries: WebhooksRepository,
    @InjectQueue('webhook') private readonly queue: Queue<WakeUp>,
  ) {}

  async store(delivery: Delivery): Promise<void> {
    await this.deliveries.store(delivery);
    await wake(this.queue, delivery.id);
  }
}
