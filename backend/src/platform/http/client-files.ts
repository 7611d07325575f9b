import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';

const NONCE_PLACEHOLDER = /__CSP_NONCE__/g;
const YEAR_MS = 365 * 24 * 3_600 * 1_000;
/** Names that the build has hashed never change their content. */
const HASHED = /-[A-Z0-9]{8}\.[a-z0-9]+$/;

/** A fresh nonce for this response's Content-Security-Policy, also put into the page. */
export function cspNonce(_req: Request, res: Response, next: NextFunction): void {
  res.locals['cspNonce'] = randomBytes(16).toString('base64');
  next();
}

/** Serves the built client: hashed files for ever, every other address under it as the page itself. */
export function clientFiles(dir: string): Router {
  const page = readFileSync(join(dir, 'index.html'), 'utf8');
  const router = express.Router();
  router.use(
    express.static(dir, {
      index: false,
      redirect: false,
      setHeaders: (res, path) => {
        res.setHeader(
          'Cache-Control',
          HASHED.test(path) ? `public, max-age=${YEAR_MS / 1_000}, immutable` : 'no-cache',
        );
      },
    }),
  );
  router.get('/{*path}', (req, res, next) => {
    if (req.path.startsWith('/api/') || req.path === '/api' || !req.accepts('html')) {
      next();
      return;
    }
    res.setHeader('Cache-Control', 'no-store');
    res.type('html').send(page.replace(NONCE_PLACEHOLDER, String(res.locals['cspNonce'])));
  });
  return router;
}
