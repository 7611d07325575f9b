import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerRequest } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import type { AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import { rateLimited } from '../auth.errors.js';
import { setLimitHeaders, type Standing } from './limit-headers.js';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';

/** The key under which the use of a limit is counted, for a user or at an address. */
export const limitKey = (name: string, tracker: string): string => `${name}:${tracker}`;

interface Taken extends Standing {
  readonly key: string;
}

/**
 * Counts a request towards the limits that apply to its handler and refuses it (429) over one of them. As a guard on public
 * routes; behind all guards for the others (`UserLimitInterceptor`).
 */
@Injectable()
export class RateLimiter extends ThrottlerGuard {
  /** What requests under way have taken. */
  private readonly taken = new WeakMap<Request, readonly Taken[]>();

  /** Limiting protects, it does not decide: when Redis cannot count, requests pass. */
  protected override async handleRequest(props: ThrottlerRequest): Promise<boolean> {
    const { context, limit, ttl, throttler, getTracker } = props;
    const { req, res } = http(context);
    const name = throttler.name ?? 'default';
    const key = limitKey(keyed(name, context), await getTracker(req, context));
    const hit = await this.count(key, ttl, limit, name);
    if (!hit) return true;
    const earlier = this.taken.get(req) ?? [];
    const standing = { key, name, limit, remaining: Math.max(0, limit - hit.totalHits), reset: hit.timeToExpire };
    setLimitHeaders(res, [...earlier, standing]);
    if (hit.isBlocked) throw rateLimited(hit.timeToBlockExpire);
    this.taken.set(req, [...earlier, standing]);
    return true;
  }

  /** For a request that turned out not to count. @returns how it leaves its limits */
  async giveBack(context: ExecutionContext): Promise<Standing[]> {
    const { req } = http(context);
    const taken = this.taken.get(req) ?? [];
    this.taken.delete(req);
    const storage = this.storageService as RedisThrottlerStorage;
    try {
      await Promise.all(taken.map(({ key }) => storage.giveBack(key)));
      return taken.map((standing) => ({ ...standing, remaining: standing.remaining + 1 }));
    } catch (error) {
      this.logger.warn({ message: 'limit not given back', error });
      return [];
    }
  }

  private async count(key: string, ttlMs: number, limit: number, name: string) {
    try {
      return await this.storageService.increment(key, ttlMs, limit, ttlMs, name);
    } catch (error) {
      this.logger.warn({ message: 'request not counted', limit: name, error });
      return undefined;
    }
  }
}

function http(context: ExecutionContext): { req: Request; res: Response } {
  const each = context.switchToHttp();
  return { req: each.getRequest<Request>(), res: each.getResponse<Response>() };
}

/** The doors for strangers are counted each on its own: a sign-in goes through two of them. */
function keyed(name: string, context: ExecutionContext): string {
  const isKnown = context.switchToHttp().getRequest<Partial<AuthenticatedRequest>>().principal !== undefined;
  return isKnown ? name : `${name}:${context.getHandler().name}`;
}
