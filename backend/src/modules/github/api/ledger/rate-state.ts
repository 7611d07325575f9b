import { Injectable } from '@nestjs/common';
import { RedisClient } from '../../../../platform/redis/redis.module.js';
import { accountKey, KNOWN_TOKENS, laneKeys } from './keys.js';

/** How a user's token stands at GitHub, as GitHub last told. */
export interface RateState {
  readonly userId: string;
  /** The hour's calls; null while GitHub has not told, or counts none. */
  readonly calls: { readonly limit: number; readonly remaining: number; readonly resetsAt: Date } | null;
  readonly paused: { readonly why: string; readonly until: Date } | null;
  /** Calls that wait for their turn. */
  readonly waiting: number;
}

/** Forgotten a day after their last call. */
const KEPT_MS = 86_400_000;

/** Looks into the ledger, for administrators and metrics. */
@Injectable()
export class RateStates {
  constructor(private readonly redis: RedisClient) {}

  /** Every token that was used within the last day, the latest first. */
  async list(): Promise<RateState[]> {
    await this.redis.zremrangebyscore(KNOWN_TOKENS, '-inf', Date.now() - KEPT_MS);
    const userIds = await this.redis.zrevrange(KNOWN_TOKENS, 0, -1);
    return Promise.all(userIds.map((userId) => this.of(userId)));
  }

  async of(userId: string): Promise<RateState> {
    const [account, ...waiting] = await Promise.all([
      this.redis.hgetall(accountKey(userId)),
      ...(['read', 'write'] as const).map((lane) => this.redis.zcard(laneKeys(userId, lane)[1])),
    ]);
    const { limit, used, resetsAt, pausedUntil, why } = account;
    const isCounted = limit !== undefined && Number(resetsAt) > Date.now();
    const isPaused = Number(pausedUntil ?? 0) > Date.now();
    return {
      userId,
      calls: isCounted
        ? { limit: Number(limit), remaining: Number(limit) - Number(used), resetsAt: new Date(Number(resetsAt)) }
        : null,
      paused: isPaused ? { why: why ?? 'secondary', until: new Date(Number(pausedUntil)) } : null,
      waiting: waiting.reduce((sum, count) => sum + count, 0),
    };
  }
}
