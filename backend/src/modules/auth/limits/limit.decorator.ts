import { type CustomDecorator, SetMetadata } from '@nestjs/common';

export const LIMIT = 'yudai:limit';

/** Rates a minute that are counted for each user on their own; what names none of them counts as `default`. */
export const USER_LIMITS = ['default', 'repositories', 'search', 'chat', 'draft', 'publish', 'solve'] as const;
export type UserLimit = (typeof USER_LIMITS)[number];
/** Of strangers, counted for each address. */
export const ADDRESS_LIMITS = ['sign-in', 'webhooks'] as const;
export type LimitName = UserLimit | (typeof ADDRESS_LIMITS)[number];

/** The rate limit a handler counts towards (`LIMIT_*` of the configuration, per minute and user or address). */
export const Limit = (name: LimitName): CustomDecorator => SetMetadata(LIMIT, name);
