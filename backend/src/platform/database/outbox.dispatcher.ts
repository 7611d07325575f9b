import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, LessThanOrEqual } from 'typeorm';
import { PeriodicTask } from '../queue/periodic-task.js';
import { Leases } from './lease.js';
import { OutboxHandlers } from './outbox.handlers.js';
import { OutboxRow } from './outbox.entity.js';

const INTERVAL_MS = 1_000;
const BATCH = 50;
const LEASE_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 300;

/** Delivers stored events to their handlers; a handler may see an event twice and must not mind. Runs in the worker. */
@Injectable()
export class OutboxDispatcher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(OutboxDispatcher.name);
  private readonly task = new PeriodicTask('outbox', INTERVAL_MS, () => this.deliverDue());

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly leases: Leases,
    private readonly handlers: OutboxHandlers,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async deliverDue(): Promise<void> {
    const due = await this.dataSource.manager.find(OutboxRow, {
      where: { runAfter: LessThanOrEqual(new Date()) },
      order: { runAfter: 'ASC' },
      take: BATCH,
    });
    for (const row of due) await this.deliver(row);
  }

  private async deliver(row: OutboxRow): Promise<void> {
    await this.leases.hold('outbox', row.id, { seconds: LEASE_SECONDS }, async () => {
      try {
        await this.handlers.handle({ topic: row.topic, payload: row.payload });
        await this.dataSource.manager.delete(OutboxRow, { id: row.id });
      } catch (error) {
        const wait = Math.min(LONGEST_WAIT_SECONDS, 2 ** Math.min(row.attempts, 10));
        this.logger.error({
          message: 'outbox delivery failed',
          topic: row.topic,
          id: row.id,
          attempts: row.attempts,
          error,
        });
        await this.dataSource.manager.update(
          OutboxRow,
          { id: row.id },
          { runAfter: new Date(Date.now() + wait * 1_000) },
        );
      }
    });
  }
}
