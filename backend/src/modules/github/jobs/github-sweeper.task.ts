import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { RepositoriesRepository } from '../repositories/repositories.repository.js';
import { WebhooksRepository } from '../repositories/webhooks.repository.js';

const INTERVAL_MS = 60 * 60_000;
const DAY_MS = 86_400_000;
/** Long enough to look into what went wrong. */
const DELIVERIES_KEPT_DAYS = 30;
/** Long after a right has run out; until then its user is told when GitHub says that it has changed. */
const RIGHTS_KEPT_DAYS = 7;

/** What was kept of GitHub's words goes when nobody needs it any more. */
@Injectable()
export class GithubSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new PeriodicTask('github sweeper', INTERVAL_MS, () => this.sweep());

  constructor(
    private readonly deliveries: WebhooksRepository,
    private readonly repositories: RepositoriesRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** One round. */
  async sweep(): Promise<void> {
    await this.deliveries.sweep(new Date(Date.now() - DELIVERIES_KEPT_DAYS * DAY_MS));
    await this.repositories.sweepRights(new Date(Date.now() - RIGHTS_KEPT_DAYS * DAY_MS));
  }
}
