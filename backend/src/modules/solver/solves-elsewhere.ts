import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ActivitySources } from '../../platform/activity/activity-sources.js';
import type { ActivityItem } from '../../platform/activity/activity.dto.js';
import { BudgetStandings } from '../auth/index.js';
import { RepositoriesService } from '../github/index.js';
import { SessionCounts } from '../sessions/index.js';
import { SolvesRepository } from './repositories/solves.repository.js';

/**
 * What other pages show of solves: how many a session has, those under way among a person's long work, and
 * how many more somebody may start.
 */
@Injectable()
export class SolvesElsewhere implements OnModuleInit {
  constructor(
    private readonly solves: SolvesRepository,
    private readonly repositories: RepositoriesService,
    private readonly counts: SessionCounts,
    private readonly activity: ActivitySources,
    private readonly budgets: BudgetStandings,
  ) {}

  onModuleInit(): void {
    this.counts.register('solves', (sessionIds) => this.solves.countOf(sessionIds));
    this.activity.register((userId) => this.underWay(userId));
    this.budgets.register('open-solves', (userId) => this.solves.openOf(userId));
    this.budgets.register('concurrent-solves', () => this.solves.running());
  }

  private async underWay(userId: string): Promise<ActivityItem[]> {
    const readable = await this.repositories.readable(userId, await this.solves.repositoriesOf(userId));
    const items = await this.solves.underWay(userId, [...readable]);
    return items.map(({ solve: { id, sessionId, status, spentSteps, limitSteps }, title }) => ({
      kind: 'solve',
      id,
      sessionId,
      title,
      state: status,
      // How many steps it takes is not known; all that it may take is the only measure there is.
      progress: status === 'queued' ? 0 : Math.min(1, spentSteps / limitSteps),
      etaSeconds: null,
    }));
  }
}
