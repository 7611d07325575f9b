import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { whileAllowed } from './sse.js';

export interface Download {
  readonly mediaType: string;
  readonly fileName: string;
}

/** `pipeline` listens seven times for itself, beside what counts and logs requests: Node.js would warn of a leak. */
const LISTENERS = 20;
const logger = new Logger('Download');

/**
 * Sends a file whose parts are made while it is sent. It breaks off when the client goes or the caller may not read it any
 * longer: an answer that has begun can tell of a failure by its end only.
 */
export async function sendDownload(
  req: Request,
  res: Response,
  { mediaType, fileName }: Download,
  parts: AsyncIterable<string>,
): Promise<void> {
  const { signal } = await whileAllowed(req, res);
  res.set({
    'Content-Type': `${mediaType}; charset=utf-8`,
    'Content-Disposition': `attachment; filename="${fileName}"`,
  });
  res.setMaxListeners(LISTENERS);
  try {
    await pipeline(Readable.from(parts), res, { signal });
  } catch (error) {
    logger.warn({ message: 'download ended early', fileName, error });
  }
}
