import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.js';

/** Larger than any prompt that fits into the model. */
const LARGEST = 8 * 1024 * 1024;

export interface Body {
  readonly json: unknown;
  readonly size: number;
}

/** @throws ApiError 413 or 400 */
export async function readBody(req: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) throw new ApiError(413, 'The request is too large.');
    parts.push(part);
  }
  if (size === 0) return { json: undefined, size };
  try {
    return { json: JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown, size };
  } catch {
    throw new ApiError(400, 'We could not parse the JSON body of your request.');
  }
}
