import { Refusal } from '../http/refusal.js';

/** An hour's calls of a GitHub App's user on GitHub Enterprise Cloud. */
const LIMIT = 15_000;
const WINDOW_SECONDS = 3_600;

interface Window {
  used: number;
  /** Unix time, in seconds. */
  readonly resets: number;
}

/** GitHub's primary rate limit, one window an hour for each user ("Rate limits for the REST API"). */
export class RateLimits {
  private readonly windows = new Map<number, Window>();

  /** Counts a call. @throws Refusal 403 when there is none left */
  count(userId: number): void {
    const window = this.window(userId);
    if (window.used >= LIMIT) throw primaryLimit(userId, window.resets);
    window.used++;
  }

  /** A conditional request that is answered with 304 costs nothing. */
  giveBack(userId: number): void {
    this.window(userId).used--;
  }

  headers(userId: number): Record<string, string> {
    const { used, resets } = this.window(userId);
    return limitHeaders(LIMIT - used, resets);
  }

  private window(userId: number): Window {
    const now = Math.floor(Date.now() / 1_000);
    const known = this.windows.get(userId);
    if (known && known.resets > now) return known;
    const fresh = { used: 0, resets: now + WINDOW_SECONDS };
    this.windows.set(userId, fresh);
    return fresh;
  }
}

/** GitHub's refusal once the hour's calls are used up. */
export function primaryLimit(userId: number, resets: number): Refusal {
  const documentation = 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api';
  return new Refusal(403, `API rate limit exceeded for user ID ${userId}.`, { documentation }, limitHeaders(0, resets));
}

function limitHeaders(remaining: number, resets: number): Record<string, string> {
  return {
    'x-ratelimit-limit': String(LIMIT),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(LIMIT - remaining),
    'x-ratelimit-reset': String(resets),
    'x-ratelimit-resource': 'core',
  };
}
