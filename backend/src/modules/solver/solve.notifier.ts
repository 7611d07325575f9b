import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LiveEvents } from '../../platform/streams/live-events.js';
import { Wakeups, type WakeupListener } from '../../platform/streams/wakeups.js';
import { SessionAccessService } from '../sessions/index.js';
import type { SolveStatus } from './solve.types.js';

/** Tells whoever watches: event streams of new events, a running worker of a cancellation, browsers of a new state. */
@Injectable()
export class SolveNotifier {
  constructor(
    private readonly wakeups: Wakeups,
    private readonly liveEvents: LiveEvents,
    private readonly sessions: SessionAccessService,
  ) {}

  eventsAppended(solveId: string): Promise<void> {
    return this.wakeups.send(eventsKey(solveId)).catch(() => undefined);
  }

  listenForEvents(solveId: string): Promise<WakeupListener> {
    return this.listen(eventsKey(solveId));
  }

  ended(solveId: string): Promise<void> {
    return this.wakeups.send(endKey(solveId)).catch(() => undefined);
  }

  listenForEnd(solveId: string): Promise<WakeupListener> {
    return this.listen(endKey(solveId));
  }

  /** After a commit that changed the solve's state. */
  async stateChanged(solve: { id: string; sessionId: string; status: SolveStatus }): Promise<void> {
    const { sessionId, status } = solve;
    const userIds = await this.sessions.memberIds(sessionId);
    await this.liveEvents.publish({ userIds, type: 'solve.changed', data: { sessionId, solveId: solve.id, status } });
    await this.liveEvents.publish({ userIds, type: 'activity.changed', data: {} });
  }

  /** Without Redis nobody is woken up, but everybody looks by himself from time to time. */
  private listen(key: string): Promise<WakeupListener> {
    return this.wakeups.listen(key).catch(() => BY_THE_CLOCK);
  }
}

const BY_THE_CLOCK: WakeupListener = {
  next: (timeoutMs, signal) => delay(timeoutMs, undefined, { signal }).catch(() => undefined),
  close: () => Promise.resolve(),
};

const eventsKey = (solveId: string): string => `solve-events:${solveId}`;
const endKey = (solveId: string): string => `solve-end:${solveId}`;
