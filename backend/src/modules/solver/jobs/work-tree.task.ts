import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { WorkTree } from '../engine/work-tree.js';

/** Another installation on this machine may allow its solves more time than this one does. */
const LEAST_SECONDS = 6 * 3_600;

/** Removes what a killed worker has left on this machine's disk. */
@Injectable()
export class WorkTreeTask implements OnApplicationBootstrap {
  private readonly logger = new Logger(WorkTreeTask.name);

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onApplicationBootstrap(): Promise<void> {
    try {
      await WorkTree.sweep(Math.max(LEAST_SECONDS, 2 * this.config.SOLVER_TIMEOUT_SECONDS));
    } catch (error) {
      this.logger.warn({ message: 'left-over work trees not removed', error });
    }
  }
}
