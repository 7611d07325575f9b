import type { CorsOptions, CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Request } from 'express';

const CLOSED: CorsOptions = { origin: false };

/** What a page of a listed origin may send and read beside the body. */
const OPEN: CorsOptions = {
  credentials: true,
  methods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'],
  allowedHeaders: ['Content-Type', 'Authorization', 'Idempotency-Key', 'Last-Event-ID', 'X-Request-Id'],
  exposedHeaders: ['X-Request-Id', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'ETag'],
  maxAge: 600,
};

/**
 * Closed to pages of other origins: they get no permission to read, and a preflight is a method that is not taken. Pages
 * of the listed origins may call the API under `prefix`, with the cookie of whoever looks at them.
 */
export function crossOrigin(origins: readonly string[], prefix: string): CorsOptionsDelegate<Request> {
  return (req, decide) => {
    const origin = req.get('origin') ?? '';
    const isOpen = origins.includes(origin) && req.path.startsWith(prefix);
    decide(null, isOpen ? { ...OPEN, origin } : CLOSED);
  };
}
