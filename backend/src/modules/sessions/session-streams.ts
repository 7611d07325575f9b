import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type AccessKey, type Ground, OpenStreams } from '../../platform/streams/open-streams.js';
import { type SessionAccess, SessionAccessService, type SessionNeed } from './session-access.service.js';

/** What a request was admitted with. */
export interface Admission {
  readonly access: SessionAccess;
  readonly need: SessionNeed;
}

/**
 * Ends open streams of a session's data when their reader takes no part in it any longer, may do less there than the stream
 * asks for, or may not read its repository on GitHub.
 */
@Injectable()
export class SessionStreams implements Ground<Admission> {
  constructor(
    private readonly streams: OpenStreams,
    private readonly sessions: SessionAccessService,
  ) {}

  /** Aborts `stream` as soon as the request would not be admitted again. */
  watch(admission: Admission, stream: AbortController): Promise<void> {
    return this.streams.watch(stream, this, admission);
  }

  /** After the commit: what members of a session may do there has changed. */
  membersChanged(sessionId: string): Promise<void> {
    return this.streams.announce(`session:${sessionId}`);
  }

  keysOf({ access: { id, userId } }: Admission): AccessKey[] {
    return [`user:${userId}`, `session:${id}`];
  }

  async gone(admissions: readonly Admission[]): Promise<Admission[]> {
    const refused = await Promise.all(admissions.map((admission) => this.isRefused(admission)));
    return admissions.filter((_admission, at) => refused[at]);
  }

  /** A right that GitHub cannot confirm just now is none, as for a request. */
  private async isRefused({ access: { userId, id }, need }: Admission): Promise<boolean> {
    try {
      await this.sessions.admit(await this.sessions.of(userId, id), need);
      return false;
    } catch (error) {
      if (error instanceof DomainError) return true;
      throw error;
    }
  }
}
