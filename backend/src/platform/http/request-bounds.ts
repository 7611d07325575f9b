import type { IncomingMessage, Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { sizeError } from '../errors/size-error.js';

const LONGEST_URL = 16_384;
const MOST_HEADERS = 100;
const LARGEST_HEADERS = 32_768;
/** What the parser of Node.js takes in, so that we can say which bound was passed; over it, it is 431 in any case. */
const PARSED_HEADERS = 131_072;

/** Bounds the head of a request: 414 for its URL, 431 for its headers. Before anything else looks at it. */
export const boundedHead: RequestHandler = (req, _res, next) => {
  if (req.url.length > LONGEST_URL) next(sizeError('url'));
  else if (isTooMuch(req)) next(sizeError('headers'));
  else next();
};

/** Makes the server read heads that are too large, up to a bound, so that `boundedHead` can refuse them in our own words. */
export function readLargeHeads(app: NestExpressApplication): void {
  const server: Server & { maxHeaderSize?: number } = app.getHttpServer();
  server.maxHeaderSize = PARSED_HEADERS;
}

/** Names and values alternate in `rawHeaders`. */
function isTooMuch({ rawHeaders }: IncomingMessage): boolean {
  return (
    rawHeaders.length > 2 * MOST_HEADERS || rawHeaders.reduce((sum, text) => sum + text.length, 0) > LARGEST_HEADERS
  );
}
