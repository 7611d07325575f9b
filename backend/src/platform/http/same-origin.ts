import type { Request } from 'express';
import type { Config } from '../config/config.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that carries our cookie was made by a page that may act with it: ours, or one of ALLOW_ORIGINS.
 * Browsers state where a request comes from in `Origin` and `Sec-Fetch-Site`; a write that states neither is refused
 * (OWASP ASVS 5.0, 3.5.1).
 */
export function isFromTrustedPage(req: Request, { PUBLIC_URL, ALLOW_ORIGINS }: Config): boolean {
  if (SAFE_METHODS.has(req.method)) return true;
  const origin = req.get('origin');
  if (origin === undefined) return req.get('sec-fetch-site') === 'same-origin';
  return origin === new URL(PUBLIC_URL).origin || ALLOW_ORIGINS.includes(origin);
}
