import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerRequest } from '@nestjs/throttler';
import type { Response } from 'express';
import type { AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import { rateLimited } from '../auth.errors.js';
import { limitOf } from './rate-limits.js';

/** The key under which a user's use of a limit is counted. */
export const userLimitKey = (name: string, userId: string): string => `${name}:${userId}`;

/**
 * Counts a request towards its handler's limit and refuses it (429) over that: by user where somebody is signed in, else by
 * address. As a guard on public routes; behind all guards for the others (`UserLimitInterceptor`).
 */
@Injectable()
export class RateLimiter extends ThrottlerGuard {
  /** Where this request is counted. */
  async keyOf(context: ExecutionContext): Promise<string> {
    const req = context.switchToHttp().getRequest<Partial<AuthenticatedRequest>>();
    const name = limitOf(context);
    if (req.principal) return userLimitKey(name, req.principal.userId);
    return `${name}:${context.getHandler().name}:${await this.getTracker(req)}`;
  }

  /** Limiting protects, it does not decide: when Redis cannot count, requests pass. */
  protected override async handleRequest({ context, limit, ttl, throttler }: ThrottlerRequest): Promise<boolean> {
    const hit = await this.count(await this.keyOf(context), ttl, limit, throttler.name ?? 'default');
    if (!hit) return true;
    const res = context.switchToHttp().getResponse<Response>();
    res.setHeader('RateLimit-Limit', limit);
    res.setHeader('RateLimit-Remaining', Math.max(0, limit - hit.totalHits));
    res.setHeader('RateLimit-Reset', hit.timeToExpire);
    if (hit.isBlocked) throw rateLimited(hit.timeToBlockExpire);
    return true;
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
