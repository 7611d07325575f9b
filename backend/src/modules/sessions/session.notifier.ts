import { Injectable } from '@nestjs/common';
import { LiveEvents } from '../../platform/streams/live-events.js';
import type { IndexState } from '../embeddings/index.js';
import { RepositoriesService } from '../github/index.js';
import { MembersRepository } from './repositories/members.repository.js';

/** Tells the browsers of a session's members what has changed. Call after the commit. */
@Injectable()
export class SessionNotifier {
  constructor(
    private readonly liveEvents: LiveEvents,
    private readonly members: MembersRepository,
    private readonly repositories: RepositoriesService,
  ) {}

  /** `others`: people who took part in it until now. */
  async sessionChanged(sessionId: string, others: readonly string[] = []): Promise<void> {
    const userIds = [...(await this.members.userIds(sessionId)), ...others];
    await this.liveEvents.publish({ userIds, type: 'session.changed', data: { sessionId } });
  }

  async messageChanged(sessionId: string, ...messageIds: readonly string[]): Promise<void> {
    const userIds = await this.members.userIds(sessionId);
    for (const messageId of messageIds) {
      await this.liveEvents.publish({ userIds, type: 'message.changed', data: { sessionId, messageId } });
    }
  }

  /**
   * The state itself goes to those only who are known to be allowed to read the repository; the others learn at its end that
   * there is something to ask for.
   */
  async indexChanged(sessionId: string, repositoryId: string, index: IndexState): Promise<void> {
    const userIds = await this.members.userIds(sessionId);
    const readers = await this.repositories.knownReaders(repositoryId, userIds);
    await this.liveEvents.publish({ userIds: [...readers], type: 'index.changed', data: { sessionId, index } });
    if (index.status === 'ready' || index.status === 'failed') {
      const others = userIds.filter((id) => !readers.has(id));
      await this.liveEvents.publish({ userIds: others, type: 'session.changed', data: { sessionId } });
    }
    await this.liveEvents.publish({ userIds, type: 'activity.changed', data: {} });
  }
}
