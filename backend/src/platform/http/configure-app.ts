import type { NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';
import type { Config } from '../config/config.js';
import { requestContext } from '../context/request-context.middleware.js';
import { requestLog } from '../logging/request-log.js';
import { clientFiles, cspNonce } from './client-files.js';
import { countTraffic } from './draining.js';
import { crossOrigin } from './cross-origin.js';
import { boundedJson } from './json-bounds.js';
import { boundedHead, readLargeHeads } from './request-bounds.js';
import { securityHeaders } from './security-headers.js';
import { unknownRoute } from './unknown-route.js';
import { answerUnparsed } from './unparsed.js';

export const API_PREFIX = 'api';
export const WEBHOOK_PATH = `/${API_PREFIX}/github/webhooks`;

const JSON_LIMIT = '1mb';
/** A whole session comes in at once. */
const IMPORT_PATH = `/${API_PREFIX}/sessions/import`;
const IMPORT_LIMIT = '6mb';
/** GitHub caps a delivery at 25 MB. */
const WEBHOOK_LIMIT = '25mb';

/** Gives the application its middleware, in the order of refusals that the contract fixes. */
export function configureApp(app: NestExpressApplication, config: Config): void {
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.TRUST_PROXY ?? false);
  readLargeHeads(app);
  answerUnparsed(app);
  countTraffic(app);
  app.use(requestContext, requestLog);
  app.use(cspNonce, securityHeaders(config.PUBLIC_URL));
  app.enableCors(crossOrigin(config.ALLOW_ORIGINS, `/${API_PREFIX}/`));
  app.use(boundedHead);
  app.use(noStore);
  if (config.CLIENT_DIR) app.use(clientFiles(config.CLIENT_DIR));
  app.use(WEBHOOK_PATH, express.raw({ type: () => true, limit: WEBHOOK_LIMIT }));
  app.use(IMPORT_PATH, express.json({ limit: IMPORT_LIMIT, strict: true, verify: boundedJson }));
  app.use(express.json({ limit: JSON_LIMIT, strict: true, verify: boundedJson }));
  app.setGlobalPrefix(API_PREFIX);
  // Nest's own answer to what no route took does not tell an unknown path from an unknown method.
  Object.assign(app.getHttpAdapter(), { setNotFoundHandler: () => app.use(unknownRoute) });
}

/** Answers of the API belong to one user and one moment. */
const noStore: express.RequestHandler = (req, res, next) => {
  if (req.path.startsWith(`/${API_PREFIX}/`)) res.setHeader('Cache-Control', 'no-store');
  next();
};
