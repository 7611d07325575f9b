import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '../../../platform/queue/periodic-task.js';
import { GitMirror } from '../git/git-mirror.js';
import { RepositoriesService } from '../repositories.service.js';

const INTERVAL_MS = 10 * 60_000;
/** Somebody may be fetching whose right is asked for at this moment. */
const UNTOUCHED_SECONDS = 10 * 60;

/**
 * Looks after the mirrors of this machine: those of repositories that nobody may read any more go, because the App was
 * taken off there while another worker, or none, heard of it; the others are packed now and then.
 */
@Injectable()
export class MirrorCare implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(MirrorCare.name);
  private readonly task = new PeriodicTask('mirror care', INTERVAL_MS, () => this.round(UNTOUCHED_SECONDS));

  constructor(
    private readonly mirrors: GitMirror,
    private readonly repositories: RepositoriesService,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** One round, over mirrors into which nobody has fetched for so long. */
  async round(untouchedSeconds: number): Promise<void> {
    const untouched = await this.mirrors.idle(untouchedSeconds);
    for (const id of await this.repositories.unasked(untouched)) await this.mirrors.remove(id);
    for (const id of await this.mirrors.ids()) {
      await this.mirrors.tidy(id).catch((error: unknown) => {
        this.logger.warn({ message: 'a mirror was not packed', repositoryId: id, error });
      });
    }
  }
}
