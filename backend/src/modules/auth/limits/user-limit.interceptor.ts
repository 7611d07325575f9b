import { type CallHandler, type ExecutionContext, Injectable, Logger, type NestInterceptor } from '@nestjs/common';
import { catchError, from, mergeMap, type Observable, throwError } from 'rxjs';
import { toProblem } from '../../../platform/errors/problem.js';
import type { AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import { RateLimiter } from './rate-limiter.js';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';

/**
 * Limits by user. An interceptor, and the first of them, because the contract puts 429 after the guards' refusals (the
 * object, the right to it) and before media type and validation. What is refused later is given back.
 */
@Injectable()
export class UserLimitInterceptor implements NestInterceptor {
  private readonly logger = new Logger(UserLimitInterceptor.name);

  constructor(
    private readonly limiter: RateLimiter,
    private readonly storage: RedisThrottlerStorage,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (!context.switchToHttp().getRequest<Partial<AuthenticatedRequest>>().principal) return next.handle();
    await this.limiter.canActivate(context);
    return next.handle().pipe(
      catchError((error: unknown) => {
        const refused = toProblem(error, '', '').status < 500;
        return from(refused ? this.giveBack(context) : Promise.resolve()).pipe(mergeMap(() => throwError(() => error)));
      }),
    );
  }

  private async giveBack(context: ExecutionContext): Promise<void> {
    try {
      await this.storage.giveBack(await this.limiter.keyOf(context));
    } catch (error) {
      this.logger.warn({ message: 'limit not given back', error });
    }
  }
}
