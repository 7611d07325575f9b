import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ACCESS, type AccessRule } from '../../../platform/http/access.decorator.js';
import { RateLimiter } from './rate-limiter.js';

/** On public routes, whoever declares them: the limit by address, before anything else. For the others see `UserLimitInterceptor`. */
@Injectable()
export class PublicLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: RateLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const isPublic = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, places) === 'public';
    return isPublic ? this.limiter.canActivate(context) : true;
  }
}
