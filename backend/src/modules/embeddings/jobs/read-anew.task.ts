import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { IndexRequester } from '../indexing/index-requester.js';
import { FormerRecipesRepository } from '../repositories/former-recipes.repository.js';

const INTERVAL_MS = 60_000;
const AT_ONCE = 50;

/**
 * Branches that were read with another model, or cut in another way, are read anew, each by a job of its own. Until that is ready,
 * what was read before is searched; then it goes. One that fails is not tried again by itself, as any other.
 */
@Injectable()
export class ReadAnew implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new PeriodicTask('read anew', INTERVAL_MS, () => this.requestAll());

  constructor(
    private readonly former: FormerRecipesRepository,
    private readonly requester: IndexRequester,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async requestAll(): Promise<void> {
    for (const { repositoryId, branch, commitSha, requestedBy } of await this.former.newestOfBranches(AT_ONCE))
      await this.requester.request({ repositoryId, branch, commit: commitSha, requestedBy }, 'model');
  }
}
