import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { WebhooksRepository } from '../repositories/webhooks.repository.js';

const INTERVAL_MS = 60 * 60_000;
const KEPT_DAYS = 30;

/** Deliveries are kept a month, long enough to look into what went wrong. */
@Injectable()
export class WebhookSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new PeriodicTask('webhook sweeper', INTERVAL_MS, () =>
    this.deliveries.sweep(new Date(Date.now() - KEPT_DAYS * 86_400_000)),
  );

  constructor(private readonly deliveries: WebhooksRepository) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }
}
