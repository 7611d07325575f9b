import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ActivitySources } from '../../platform/activity/activity-sources.js';
import type { ActivityItem } from '../../platform/activity/activity.dto.js';
import { IndexService } from '../embeddings/index.js';
import { SessionsRepository } from './repositories/sessions.repository.js';

/** Sessions that are looked at; older ones are hardly being read right now. */
const MOST_SESSIONS = 100;

/** Tells which branches of a user's sessions are being read. */
@Injectable()
export class IndexActivity implements OnModuleInit {
  constructor(
    private readonly sources: ActivitySources,
    private readonly sessions: SessionsRepository,
    private readonly index: IndexService,
  ) {}

  onModuleInit(): void {
    this.sources.register((userId) => this.of(userId));
  }

  private async of(userId: string): Promise<ActivityItem[]> {
    const rows = await this.sessions.list({ userId, archived: false }, MOST_SESSIONS);
    const states = await this.index.states(
      rows.map(({ session: { repositoryId, branch } }) => ({ repositoryId, branch })),
    );
    return rows.flatMap(({ session: { id, title, repositoryId, branch } }): ActivityItem[] => {
      const state = states.get(`${repositoryId}:${branch}`);
      if (state?.status !== 'queued' && state?.status !== 'running') return [];
      const { status, progress, etaSeconds } = state;
      return [{ kind: 'index', id, sessionId: id, title, state: status, progress, etaSeconds }];
    });
  }
}
