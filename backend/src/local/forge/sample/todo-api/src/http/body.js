import { HttpError } from './errors.js';

const LARGEST = 64 * 1024;

/** Reads a JSON body; undefined when there is none. */
export async function readBody(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > LARGEST) throw new HttpError(413, 'too-large', 'The body is too large.');
    parts.push(part);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new HttpError(400, 'not-json', 'The body is not JSON.');
  }
}
