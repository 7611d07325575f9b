import { Injectable } from '@nestjs/common';
import { LiveEvents } from '../../platform/streams/live-events.js';
import type { IndexState } from '../embeddings/index.js';
import { MembersRepository } from './repositories/members.repository.js';

/** Tells the browsers of a session's members what has changed. Call after the commit. */
@Injectable()
export class SessionNotifier {
  constructor(
    private readonly liveEvents: LiveEvents,
    private readonly members: MembersRepository,
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

  async indexChanged(sessionId: string, index: IndexState): Promise<void> {
    const userIds = await this.members.userIds(sessionId);
    await this.liveEvents.publish({ userIds, type: 'index.changed', data: { sessionId, index } });
    await this.liveEvents.publish({ userIds, type: 'activity.changed', data: {} });
  }
}
