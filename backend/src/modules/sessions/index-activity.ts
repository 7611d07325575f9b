import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ActivitySources } from '../../platform/activity/activity-sources.js';
import type { ActivityItem } from '../../platform/activity/activity.dto.js';
import { IndexService, type IndexState } from '../embeddings/index.js';
import { RepositoriesService } from '../github/index.js';
import { SessionsRepository } from './repositories/sessions.repository.js';

/** Sessions that are looked at; older ones are hardly being read right now. */
const MOST_SESSIONS = 100;

const isUnderWay = (state: IndexState | undefined): boolean =>
  state?.status === 'queued' || state?.status === 'running';

/** Tells which branches of a user's sessions are being read, of repositories that the user may read, too. */
@Injectable()
export class IndexActivity implements OnModuleInit {
  constructor(
    private readonly sources: ActivitySources,
    private readonly sessions: SessionsRepository,
    private readonly index: IndexService,
    private readonly repositories: RepositoriesService,
  ) {}

  onModuleInit(): void {
    this.sources.register((userId) => this.of(userId));
  }

  private async of(userId: string): Promise<ActivityItem[]> {
    const rows = await this.sessions.list({ userId, archived: false }, MOST_SESSIONS);
    const states = await this.index.states(
      rows.map(({ session: { repositoryId, branch } }) => ({ repositoryId, branch })),
    );
    const underWay = rows.filter(({ session: { repositoryId, branch } }) =>
      isUnderWay(states.get(`${repositoryId}:${branch}`)),
    );
    const readable = await this.repositories.readable(
      userId,
      underWay.map(({ session }) => session.repositoryId),
    );
    return underWay.flatMap(({ session: { id, title, repositoryId, branch } }): ActivityItem[] => {
      const state = states.get(`${repositoryId}:${branch}`);
      if (!state || !readable.has(repositoryId)) return [];
      const { status, progress, etaSeconds } = state;
      return [{ kind: 'index', id, sessionId: id, title, state: status, progress, etaSeconds }];
    });
  }
}
