import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { AuditForwarder } from '../forwarding/audit-forwarder.js';
import { ForwardingRepository } from '../forwarding/forwarding.repository.js';

const INTERVAL_MS = 1_000;

/** Looks every second whether there are entries for the collector. */
@Injectable()
export class ForwardTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly task = new PeriodicTask('audit forwarding', INTERVAL_MS, () =>
    this.forwarder.forwardDue(this.stopping.signal),
  );

  constructor(
    private readonly forwarder: AuditForwarder,
    private readonly row: ForwardingRepository,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.forwarder.isOn) return;
    await this.row.begin();
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.task.stop();
  }
}
