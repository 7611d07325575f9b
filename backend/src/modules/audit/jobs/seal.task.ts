import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { AuditSealer } from '../audit-sealer.js';

const INTERVAL_MS = 1_000;

/** Seals what a process has written and not sealed, because it died in between. */
@Injectable()
export class SealTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;

  constructor(sealer: AuditSealer) {
    this.task = new PeriodicTask('audit seal', INTERVAL_MS, () => sealer.seal());
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }
}
