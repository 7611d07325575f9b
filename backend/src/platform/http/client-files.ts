import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { compressedFiles } from './compressed-files.js';

const NONCE_PLACEHOLDER = /__CSP_NONCE__/g;
const YEAR_MS = 365 * 24 * 3_600 * 1_000;
/** Names that the build has hashed never change their content. */
const HASHED = /-[\w-]{8}\.(?:js|css)$/;

/** A fresh nonce for this response's Content-Security-Policy, also put into the page. */
export function cspNonce(_req: Request, res: Response, next: NextFunction): void {
  res.locals['cspNonce'] = randomBytes(16).toString('base64');
  next();
}

/** How long a browser may keep a file without asking. */
function keep(res: Response, path: string): void {
  res.setHeader('Cache-Control', HASHED.test(path) ? `public, max-age=${YEAR_MS / 1_000}, immutable` : 'no-cache');
}

/** Serves the built client: hashed files for ever, every other address under it as the page itself. */
export function clientFiles(dir: string): Router {
  const page = readFileSync(join(dir, 'index.html'), 'utf8');
  const router = express.Router();
  router.use(compressedFiles(dir, keep));
  router.use(express.static(dir, { index: false, redirect: false, setHeaders: keep }));
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
