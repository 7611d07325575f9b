import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ActivitySources } from '../../platform/activity/activity-sources.js';
import type { ActivityItem } from '../../platform/activity/activity.dto.js';
import { RepositoriesService } from '../github/index.js';
import { EvaluationsRepository } from './repositories/evaluations.repository.js';

/** Tells which evaluations are under way in a user's sessions, of repositories that the user may read. */
@Injectable()
export class EvaluationActivity implements OnModuleInit {
  constructor(
    private readonly sources: ActivitySources,
    private readonly evaluations: EvaluationsRepository,
    private readonly repositories: RepositoriesService,
  ) {}

  onModuleInit(): void {
    this.sources.register((userId) => this.of(userId));
  }

  private async of(userId: string): Promise<ActivityItem[]> {
    const underWay = await this.evaluations.underWay(userId);
    const ids = underWay.map(({ evaluation }) => evaluation.repositoryId);
    const readable = await this.repositories.readable(userId, ids);
    return underWay
      .filter(({ evaluation }) => readable.has(evaluation.repositoryId))
      .map(({ evaluation: { id, sessionId, status, progress, etaSeconds }, title }) => ({
        ...{ kind: 'evaluation', id, sessionId, title, state: status, progress, etaSeconds },
      }));
  }
}
