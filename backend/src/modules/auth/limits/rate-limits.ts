import type { ExecutionContext } from '@nestjs/common';
import type { ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Config } from '../../../platform/config/config.js';
import { LIMIT, type LimitName, USER_LIMITS } from './limit.decorator.js';

const MINUTE_MS = 60_000;

/** Requests a minute, by the names of the limits. */
export function limitsOf(config: Config): Record<LimitName, number> {
  return {
    'sign-in': config.LIMIT_SIGN_IN,
    repositories: config.LIMIT_REPOSITORIES,
    search: config.LIMIT_SEARCH,
    chat: config.LIMIT_CHAT,
    draft: config.LIMIT_DRAFT,
    publish: config.LIMIT_PUBLISH,
    solve: config.LIMIT_SOLVE,
    default: config.LIMIT_DEFAULT,
  };
}

/** The limits in the library's form: of all of them exactly one applies to a handler. */
export function throttlersOf(config: Config): Exclude<ThrottlerModuleOptions, readonly unknown[]>['throttlers'] {
  const limits = limitsOf(config);
  return [...USER_LIMITS, 'sign-in' as const].map((name) => ({
    name,
    ttl: MINUTE_MS,
    limit: limits[name],
    skipIf: (context: ExecutionContext) => limitOf(context) !== name,
  }));
}

/** The limit that a handler counts towards. */
export function limitOf(context: ExecutionContext): LimitName {
  return (Reflect.getMetadata(LIMIT, context.getHandler()) as LimitName | undefined) ?? 'default';
}
