import type { Request } from 'express';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that carries our cookie was made by our own page. Browsers state where a request comes from in
 * `Origin` and `Sec-Fetch-Site`; a write that states neither is refused (OWASP ASVS 5.0, 3.5.1).
 */
export function isSameOrigin(req: Request, publicUrl: string): boolean {
  if (SAFE_METHODS.has(req.method)) return true;
  const origin = req.get('origin');
  if (origin !== undefined) return origin === new URL(publicUrl).origin;
  return req.get('sec-fetch-site') === 'same-origin';
}
