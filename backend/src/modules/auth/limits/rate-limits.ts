import type { ExecutionContext } from '@nestjs/common';
import type { ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Config } from '../../../platform/config/config.js';
import type { AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import { ADDRESS_LIMITS, LIMIT, type LimitName, USER_LIMITS } from './limit.decorator.js';

export const WINDOW_SECONDS = 60;

type Throttlers = Exclude<ThrottlerModuleOptions, readonly unknown[]>['throttlers'];

/** Requests a minute. */
export interface Rate {
  readonly name: LimitName;
  readonly perUser: number;
  /** Of people who are signed in, several of whom may share an address: a multiple of what each of them may. Of strangers: as much. */
  readonly perAddress: number;
}

export function ratesOf(config: Config): Rate[] {
  const limits = limitsOf(config);
  return [
    ...USER_LIMITS.map((name) => ({
      name,
      perUser: limits[name],
      perAddress: limits[name] * config.LIMIT_ADDRESS_FACTOR,
    })),
    ...ADDRESS_LIMITS.map((name) => ({ name, perUser: limits[name], perAddress: limits[name] })),
  ];
}

/** Requests a minute and user, by the names of the limits. */
export function limitsOf(config: Config): Record<LimitName, number> {
  return {
    'sign-in': config.LIMIT_SIGN_IN,
    webhooks: config.LIMIT_WEBHOOKS,
    repositories: config.LIMIT_REPOSITORIES,
    search: config.LIMIT_SEARCH,
    chat: config.LIMIT_CHAT,
    draft: config.LIMIT_DRAFT,
    publish: config.LIMIT_PUBLISH,
    solve: config.LIMIT_SOLVE,
    default: config.LIMIT_DEFAULT,
  };
}

/** The limits in the library's form. To a handler apply two of them: of its name, one by user and one by address. */
export function throttlersOf(config: Config): Throttlers {
  return ratesOf(config).flatMap(({ name, perUser, perAddress }) => [
    {
      ...{ name, ttl: WINDOW_SECONDS * 1_000, limit: perUser },
      skipIf: (context) => limitOf(context) !== name || userOf(context) === undefined,
      getTracker: (_req, context) => userOf(context) ?? '',
    },
    {
      ...{ name: `${name}-address`, ttl: WINDOW_SECONDS * 1_000 },
      limit: (context) => (userOf(context) === undefined ? perUser : perAddress),
      skipIf: (context) => limitOf(context) !== name,
    },
  ]);
}

/** The limit that a handler counts towards. */
export function limitOf(context: ExecutionContext): LimitName {
  return (Reflect.getMetadata(LIMIT, context.getHandler()) as LimitName | undefined) ?? 'default';
}

function userOf(context: ExecutionContext): string | undefined {
  return context.switchToHttp().getRequest<Partial<AuthenticatedRequest>>().principal?.userId;
}
