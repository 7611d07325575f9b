import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import { SessionNotifier } from '../session.notifier.js';
import { SessionsService } from '../sessions.service.js';

const INTERVAL_MS = 15 * 60_000;
const BATCH = 100;
/** So long before their end the client marks sessions. */
const WARNED_DAYS = 14;

/** Ends sessions that nobody has used for SESSION_TTL_DAYS; two weeks before, those who look at them are told. */
@Injectable()
export class SessionSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new PeriodicTask('session sweeper', INTERVAL_MS, () => this.sweep());

  constructor(
    private readonly repository: SessionsRepository,
    private readonly sessions: SessionsService,
    private readonly notifier: SessionNotifier,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** One round. */
  async sweep(): Promise<void> {
    for (const session of await this.repository.expired(BATCH)) await this.sessions.expire(session);
    for (const id of await this.repository.nearing(WARNED_DAYS, INTERVAL_MS / 1_000))
      await this.notifier.sessionChanged(id);
  }
}
