import { Injectable, Logger } from '@nestjs/common';
import { StreamLog, type StreamEntry } from './stream-log.js';

export const LIVE_EVENT_TYPES = [
  'session.changed',
  'message.changed',
  'index.changed',
  'issue.changed',
  'solve.changed',
  'evaluation.changed',
  'activity.changed',
  'permission.changed',
] as const;
export type LiveEventType = (typeof LIVE_EVENT_TYPES)[number];

export interface LiveEvent {
  readonly userIds: readonly string[];
  readonly type: LiveEventType;
  readonly data: Record<string, unknown>;
}

/** An hour's worth; a browser that was away longer reads its pages anew. */
const TTL_SECONDS = 3_600;
const MAX_LENGTH = 1_000;

/** Tells people's browsers that something of theirs changed. A hint, not the truth: losing one costs a stale page, nothing more. */
@Injectable()
export class LiveEvents {
  private readonly logger = new Logger(LiveEvents.name);

  constructor(private readonly streams: StreamLog) {}

  /** Call after the commit. Never fails. */
  async publish({ userIds, type, data }: LiveEvent): Promise<void> {
    try {
      await Promise.all(
        [...new Set(userIds)].map((userId) =>
          this.streams.append(
            `live:${userId}`,
            { event: type, data },
            { ttlSeconds: TTL_SECONDS, maxLength: MAX_LENGTH },
          ),
        ),
      );
    } catch (error) {
      this.logger.warn({ message: 'live event not sent', type, error });
    }
  }

  /** Drops what browsers that come back would be told of, for people who may have lost the right to it. Never fails. */
  async forget(userIds: readonly string[]): Promise<void> {
    try {
      for (const userId of userIds) await this.streams.remove(`live:${userId}`);
    } catch (error) {
      this.logger.warn({ message: 'live events not dropped', error });
    }
  }

  /** Events of a user after `lastId`; without one, from now on. */
  async *follow(userId: string, lastId: string | undefined, signal: AbortSignal): AsyncGenerator<StreamEntry, void> {
    const key = `live:${userId}`;
    yield* this.streams.follow(key, lastId ?? (await this.streams.lastId(key)), signal);
  }
}
