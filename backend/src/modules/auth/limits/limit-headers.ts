import type { Response } from 'express';
import { WINDOW_SECONDS } from './rate-limits.js';

/** How a request left one of the limits that apply to it. */
export interface Standing {
  readonly name: string;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly reset: number;
}

/**
 * Tells clients how they stand: `RateLimit-Policy` and `RateLimit` as the working group's current draft
 * (draft-ietf-httpapi-ratelimit-headers-10) has them, for every limit that applies, and the three fields of its earlier drafts,
 * which clients know, for the limit that is nearest to its end.
 */
export function setLimitHeaders(res: Response, standings: readonly Standing[]): void {
  const nearest = standings.reduce<Standing | undefined>(
    (least, each) => (least && least.remaining <= each.remaining ? least : each),
    undefined,
  );
  if (!nearest || res.headersSent) return;
  const list = (parameters: (standing: Standing) => string): string =>
    standings.map((standing) => `"${standing.name}";${parameters(standing)}`).join(', ');
  res.setHeader(
    'RateLimit-Policy',
    list(({ limit }) => `q=${limit};w=${WINDOW_SECONDS}`),
  );
  res.setHeader(
    'RateLimit',
    list(({ remaining, reset }) => `r=${remaining};t=${reset}`),
  );
  res.setHeader('RateLimit-Limit', nearest.limit);
  res.setHeader('RateLimit-Remaining', nearest.remaining);
  res.setHeader('RateLimit-Reset', nearest.reset);
}
