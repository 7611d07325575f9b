import { Injectable } from '@nestjs/common';
import { LiveEvents } from '../../platform/streams/live-events.js';
import { SessionAccessService } from '../sessions/index.js';

/** Tells the browsers of a session's members that one of its issues has changed. */
@Injectable()
export class IssueNotifier {
  constructor(
    private readonly liveEvents: LiveEvents,
    private readonly sessions: SessionAccessService,
  ) {}

  /** After the commit. */
  async changed({ id, sessionId }: { readonly id: string; readonly sessionId: string }): Promise<void> {
    const userIds = await this.sessions.memberIds(sessionId);
    await this.liveEvents.publish({ userIds, type: 'issue.changed', data: { sessionId, issueId: id } });
  }
}
