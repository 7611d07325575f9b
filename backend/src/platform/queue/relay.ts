import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Queue } from 'bull';
import { ageOf } from '../database/ids.js';
import { PeriodicTask } from './periodic-task.js';
import type { WakeUp } from './queues.js';
import { wake } from './wake.js';

const INTERVAL_MS = 5_000;
const BATCH = 500;
/** Who has just made a row is about to wake a worker up, under the id of the request that it was made for. */
const FRESH_MS = 2_000;

/**
 * Finds rows that want work and have no job, at boot and every 5 seconds, so that an emptied queue loses nothing.
 * A jobs module extends it with its query: due = state wants work, `run_after <= now()`, no live lease.
 */
export abstract class Relay implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;

  protected constructor(private readonly queue: Queue<WakeUp>) {
    this.task = new PeriodicTask(`relay ${queue.name}`, INTERVAL_MS, () => this.relay());
  }

  /** Ids of due rows, oldest first, at most `limit`. */
  protected abstract due(limit: number): Promise<string[]>;

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async relay(): Promise<void> {
    for (const id of await this.due(BATCH)) if (ageOf(id) > FRESH_MS) await wake(this.queue, id);
  }
}
