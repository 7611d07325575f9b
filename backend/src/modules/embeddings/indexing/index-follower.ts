import { Injectable } from '@nestjs/common';
import type { ServerSentEvent } from '../../../platform/http/sse.js';
import { StreamLog } from '../../../platform/streams/stream-log.js';
import { type WakeupListener, Wakeups } from '../../../platform/streams/wakeups.js';
import type { IndexState } from '../dto/index-state.dto.js';
import type { BranchRef } from '../repositories/snapshots.repository.js';
import { isOver } from './index-state.js';
import { IndexStream, streamKey } from './index-stream.js';

const START = '0-0';
/** How long nothing may come before the row is looked at: its worker may have died, or its last word been lost. */
const QUIET_MS = 2_000;

/** What somebody who looks at an index gets to see, as it comes. */
@Injectable()
export class IndexFollower {
  constructor(
    private readonly stream: IndexStream,
    private readonly streams: StreamLog,
    private readonly wakeups: Wakeups,
  ) {}

  async *follow(
    at: BranchRef,
    lastEventId: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ServerSentEvent, void> {
    const key = streamKey(at);
    const listener = await this.wakeups.listen(key);
    try {
      const newest = await this.streams.lastId(key);
      // What a reader has missed of a stream that is gone is the present state.
      const missed = newest === undefined ? undefined : lastEventId;
      const position = missed ?? newest ?? START;
      const shown = missed === undefined ? await this.stream.present(at) : undefined;
      if (shown) yield { id: position, event: 'index', data: shown };
      yield* this.changes(at, { position, shown }, listener, signal);
    } finally {
      await listener.close();
    }
  }

  /** What comes after `position`, until it is over. */
  private async *changes(
    at: BranchRef,
    { position, shown }: { position: string; shown: IndexState | undefined },
    listener: WakeupListener,
    signal: AbortSignal,
  ): AsyncGenerator<ServerSentEvent, void> {
    const key = streamKey(at);
    let lookedAt = shown ? Date.now() : 0;
    while (!signal.aborted && !hasEnded(shown)) {
      const entries = await this.streams.read(key, position);
      for (const { id, data } of entries) {
        position = id;
        if (goesBack(data as IndexState, shown)) continue;
        shown = data as IndexState;
        yield { id, event: 'index', data: shown };
      }
      if (entries.length > 0) lookedAt = Date.now();
      else if (Date.now() - lookedAt >= QUIET_MS) {
        lookedAt = Date.now();
        const present = await this.stream.present(at);
        // A reader that comes back and has missed nothing has seen this already.
        if (shown && differs(present, shown)) yield { id: position, event: 'index', data: present };
        shown = present;
      }
      if (!hasEnded(shown)) await listener.next(QUIET_MS / 2, signal);
    }
  }
}

function hasEnded(shown: IndexState | undefined): boolean {
  return shown !== undefined && isOver(shown);
}

/** What was appended while the present state was being read may be older than that. */
function goesBack(next: IndexState, shown: IndexState | undefined): boolean {
  return shown?.headCommit === next.headCommit && !isOver(next) && next.progress < shown.progress;
}

function differs(a: IndexState, b: IndexState): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}
