import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { AuditRetention } from '../archive/audit-retention.js';

const INTERVAL_MS = 3_600_000;

/** Looks every hour whether a month of the trail is no longer kept. */
@Injectable()
export class RetentionTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;

  constructor(retention: AuditRetention) {
    this.task = new PeriodicTask('audit retention', INTERVAL_MS, () => retention.retireDue());
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }
}
