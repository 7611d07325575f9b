import { InjectQueue } from '@nestjs/bull';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bull';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { runInContext } from '../../../platform/context/request-context.js';
import type { Principal } from '../../../platform/http/principal.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { UsersService } from '../../auth/index.js';
import { IndexWorker } from '../indexing/index-worker.service.js';
import { SnapshotsRepository } from '../repositories/snapshots.repository.js';

/** Registered by hand: how many branches this process reads at once is a setting, which a decorator cannot know. */
@Injectable()
export class IndexProcessor implements OnApplicationBootstrap {
  private readonly logger = new Logger(IndexProcessor.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectQueue('index') private readonly queue: Queue<WakeUp>,
    private readonly worker: IndexWorker,
    private readonly snapshots: SnapshotsRepository,
    private readonly users: UsersService,
  ) {}

  onApplicationBootstrap(): void {
    // Settles when the queue is closed.
    this.queue
      .process(this.config.INDEX_CONCURRENCY, (job) => this.work(job))
      .catch((error: unknown) => {
        this.logger.error({ message: 'the index queue has stopped', error });
      });
  }

  private async work({ data }: Job<WakeUp>): Promise<void> {
    const principal = await this.requester(data.id);
    const context = { requestId: data.requestId, via: 'job' as const, ...(principal ? { principal } : {}) };
    await runInContext(context, () => this.worker.take(data.id));
  }

  /** Whoever asked for the index, for its audit entry; undefined once that account is gone. */
  private async requester(snapshotId: string): Promise<Principal | undefined> {
    const requestedBy = (await this.snapshots.byId(snapshotId))?.requestedBy;
    const user = requestedBy ? await this.users.byId(requestedBy) : null;
    if (!user) return undefined;
    return { userId: user.id, githubId: user.githubId, login: user.login, role: user.role, via: 'cookie' };
  }
}
