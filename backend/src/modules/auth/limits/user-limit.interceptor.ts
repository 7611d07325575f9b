import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { catchError, from, mergeMap, type Observable, throwError } from 'rxjs';
import { toProblem } from '../../../platform/errors/problem.js';
import type { AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import { setLimitHeaders } from './limit-headers.js';
import { RateLimiter } from './rate-limiter.js';

/**
 * Limits of who is signed in, by user and by address. An interceptor, and the first of them, because the contract puts 429
 * after the guards' refusals (the object, the right to it) and before media type and validation. What is refused later is
 * given back.
 */
@Injectable()
export class UserLimitInterceptor implements NestInterceptor {
  constructor(private readonly limiter: RateLimiter) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (!context.switchToHttp().getRequest<Partial<AuthenticatedRequest>>().principal) return next.handle();
    await this.take(context);
    return next.handle().pipe(
      catchError((error: unknown) => {
        const refused = toProblem(error, '', '').status < 500;
        return from(refused ? this.restore(context) : Promise.resolve()).pipe(mergeMap(() => throwError(() => error)));
      }),
    );
  }

  /** Of two limits the first may have had room. */
  private async take(context: ExecutionContext): Promise<void> {
    try {
      await this.limiter.canActivate(context);
    } catch (error) {
      await this.limiter.giveBack(context);
      throw error;
    }
  }

  private async restore(context: ExecutionContext): Promise<void> {
    const standings = await this.limiter.giveBack(context);
    setLimitHeaders(context.switchToHttp().getResponse<Response>(), standings);
  }
}
