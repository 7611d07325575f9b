import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { RedisClient } from '../../../platform/redis/redis.module.js';

type Hit = Awaited<ReturnType<ThrottlerStorage['increment']>>;

const PREFIX = 'yudai:limit:';

/** A refused hit is not counted: who keeps trying is let in again as soon as the window is over. */
const TAKE = `
  local used = tonumber(redis.call('GET', KEYS[1]) or '0')
  if used >= tonumber(ARGV[1]) then return { used, redis.call('PTTL', KEYS[1]), 1 } end
  used = redis.call('INCR', KEYS[1])
  if used == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return { used, redis.call('PTTL', KEYS[1]), 0 }`;

const GIVE_BACK = `
  if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then redis.call('DECR', KEYS[1]) end`;

/** Counters of @nestjs/throttler in Redis, shared by all processes. A window begins with its first hit. */
@Injectable()
export class RedisThrottlerStorage implements ThrottlerStorage {
  constructor(private readonly redis: RedisClient) {}

  async increment(key: string, ttlMs: number, limit: number): Promise<Hit> {
    const answer = await this.redis.eval(TAKE, 1, PREFIX + key, limit, ttlMs);
    const [totalHits, leftMs, refused] = answer as [number, number, number];
    const seconds = Math.max(1, Math.ceil(leftMs / 1_000));
    return { totalHits, timeToExpire: seconds, isBlocked: refused === 1, timeToBlockExpire: seconds };
  }

  /** For a hit that turned out not to count. */
  async giveBack(key: string): Promise<void> {
    await this.redis.eval(GIVE_BACK, 1, PREFIX + key);
  }

  /** How much of a limit is used, and when its window ends; no window is open when nothing is used. */
  async used(key: string): Promise<{ used: number; resetsAt: Date | null }> {
    const [count, leftMs] = await Promise.all([this.redis.get(PREFIX + key), this.redis.pttl(PREFIX + key)]);
    return { used: Number(count ?? 0), resetsAt: leftMs > 0 ? new Date(Date.now() + leftMs) : null };
  }
}
