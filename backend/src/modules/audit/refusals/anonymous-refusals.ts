import { Injectable, Logger } from '@nestjs/common';
import { currentContext } from '../../../platform/context/request-context.js';
import { RedisClient } from '../../../platform/redis/redis.module.js';
import type { Refusal } from './refusal.js';

/** How often strangers from one address were refused at one route in one minute, for one reason. */
export interface RefusalCount extends Refusal {
  /** Unix time in minutes. */
  readonly minute: number;
  readonly address: string;
  readonly count: number;
}

const PREFIX = 'yudai:refusals';
const KEPT_SECONDS = 86_400;
/** More kinds of refusal than this in one minute are counted together, so that strangers cannot fill the memory. */
const MOST_KINDS = 2_000;
const OTHERS = JSON.stringify(['(others)', '(others)', '(others)']);
/** Counters of a minute are read when no process can add to them any more. */
const SETTLED_SECONDS = 5;

/** The minute is Redis's own, so that processes with differing clocks agree about it. */
const COUNT = `
  local minute = math.floor(tonumber(redis.call('TIME')[1]) / 60)
  local key = ARGV[1] .. ':' .. minute
  local field = ARGV[2]
  if redis.call('HEXISTS', key, field) == 0 and redis.call('HLEN', key) >= tonumber(ARGV[4]) then field = ARGV[5] end
  redis.call('HINCRBY', key, field, 1)
  redis.call('EXPIRE', key, tonumber(ARGV[3]))
  redis.call('SADD', ARGV[1] .. ':minutes', minute)`;

/**
 * Counts refusals of people nobody knows. An entry for each would let a stranger stop all writing, because the audit chain
 * grows by one entry at a time; the worker writes one entry for each count.
 */
@Injectable()
export class AnonymousRefusals {
  private readonly logger = new Logger(AnonymousRefusals.name);

  constructor(private readonly redis: RedisClient) {}

  /** Never fails and never keeps the caller waiting. */
  count({ route, code }: Refusal): void {
    const field = JSON.stringify([currentContext()?.ip ?? '', route, code]);
    this.redis
      .eval(COUNT, 0, PREFIX, field, KEPT_SECONDS, MOST_KINDS, OTHERS)
      .catch((error: unknown) => this.logger.warn({ message: 'refusal not counted', route, error }));
  }

  /** Counts of minutes that are over, minute by minute. */
  async settled(): Promise<Map<number, RefusalCount[]>> {
    const [seconds] = await this.redis.time();
    const minutes = await this.redis.smembers(`${PREFIX}:minutes`);
    const over = minutes.map(Number).filter((minute) => (minute + 1) * 60 + SETTLED_SECONDS <= Number(seconds));
    const counts = new Map<number, RefusalCount[]>();
    for (const minute of over.sort((a, b) => a - b)) {
      const fields = await this.redis.hgetall(`${PREFIX}:${minute}`);
      counts.set(
        minute,
        Object.entries(fields).map(([field, count]) => ({ minute, count: Number(count), ...parse(field) })),
      );
    }
    return counts;
  }

  /** Call when the minute's counts are stored. */
  async forget(minute: number): Promise<void> {
    await this.redis.del(`${PREFIX}:${minute}`);
    await this.redis.srem(`${PREFIX}:minutes`, minute);
  }
}

function parse(field: string): Refusal & { address: string } {
  const [address = '', route = '', code = ''] = JSON.parse(field) as string[];
  return { address, route, code };
}
