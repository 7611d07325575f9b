import { Injectable } from '@nestjs/common';
import { RedisClient } from '../redis/redis.module.js';
import { Wakeups } from './wakeups.js';

export interface StreamEntry {
  /** Position in the stream, usable as an SSE event id. */
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

export interface AppendOptions {
  /** The whole stream goes this long after its last entry. */
  readonly ttlSeconds: number;
  /** About how many entries are kept; older ones are dropped. */
  readonly maxLength?: number;
}

const ENTRY_ID = /^\d{1,20}-\d{1,20}$/;
const PAGE = 500;
/** A wake-up can be lost with its connection; then the reader looks by itself. */
const LOOK_AGAIN_MS = 1_000;

/** Append-only logs on Redis streams that any process can write and follow: answers under way, progress, live events. */
@Injectable()
export class StreamLog {
  constructor(
    private readonly redis: RedisClient,
    private readonly wakeups: Wakeups,
  ) {}

  async append(key: string, entry: { event: string; data: unknown }, options: AppendOptions): Promise<string> {
    const name = streamKey(key);
    const trim = options.maxLength === undefined ? [] : ['MAXLEN', '~', String(options.maxLength)];
    const id = await this.redis.call('XADD', name, ...trim, '*', 'e', entry.event, 'd', JSON.stringify(entry.data));
    await this.redis.expire(name, options.ttlSeconds);
    await this.wakeups.send(key);
    return String(id);
  }

  /** Entries after `afterId` (all, without one), oldest first. */
  async read(key: string, afterId?: string, limit = PAGE): Promise<StreamEntry[]> {
    const from = afterId && ENTRY_ID.test(afterId) ? `(${afterId}` : '-';
    const rows = await this.redis.xrange(streamKey(key), from, '+', 'COUNT', limit);
    return rows.map(([id, [, event = '', , data = 'null']]) => ({ id, event, data: JSON.parse(data) as unknown }));
  }

  /** The id of the newest entry; undefined for a stream that is empty or gone. */
  async lastId(key: string): Promise<string | undefined> {
    const rows = await this.redis.xrevrange(streamKey(key), '+', '-', 'COUNT', 1);
    return rows[0]?.[0];
  }

  /** All entries after `afterId`, then each new one as it comes, until the signal aborts. */
  async *follow(key: string, afterId: string | undefined, signal: AbortSignal): AsyncGenerator<StreamEntry, void> {
    const listener = await this.wakeups.listen(key);
    let position = afterId;
    try {
      while (!signal.aborted) {
        const entries = await this.read(key, position);
        for (const entry of entries) {
          position = entry.id;
          yield entry;
        }
        if (entries.length < PAGE) await listener.next(LOOK_AGAIN_MS, signal);
      }
    } finally {
      await listener.close();
    }
  }

  /** Drops a stream. */
  async remove(key: string): Promise<void> {
    await this.redis.del(streamKey(key));
  }
}

/** The least id above this one; what is told outside of the stream has it. */
export function idAfter(id: string): string {
  const [ms = '', sequence = '0'] = id.split('-');
  return `${ms}-${BigInt(sequence) + 1n}`;
}

/** Whether who has seen the entry of an id has seen that of the other one too; what is no id has seen nothing. */
export function reaches(id: string, other: string): boolean {
  if (!ENTRY_ID.test(id)) return false;
  const [ms = 0n, sequence = 0n] = id.split('-').map(BigInt);
  const [otherMs = 0n, otherSequence = 0n] = other.split('-').map(BigInt);
  return ms > otherMs || (ms === otherMs && sequence >= otherSequence);
}

function streamKey(key: string): string {
  return `yudai:stream:${key}`;
}
