import type { Config } from '../../platform/config/config.js';

const HOUR_MS = 3_600_000;

/** A login that was last used before this moment has ended by idling. */
export function oldestUse({ LOGIN_IDLE_HOURS }: Pick<Config, 'LOGIN_IDLE_HOURS'>): Date {
  return new Date(Date.now() - LOGIN_IDLE_HOURS * HOUR_MS);
}

/** How long a login lives at most, in milliseconds. */
export function absoluteLifetime({ LOGIN_ABSOLUTE_DAYS }: Pick<Config, 'LOGIN_ABSOLUTE_DAYS'>): number {
  return LOGIN_ABSOLUTE_DAYS * 24 * HOUR_MS;
}
