import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

/** Bodies of REST calls, forms and control calls are far smaller. */
const LARGEST = 2 * 1024 * 1024;
/** Up to here what is too large is read to its end all the same, so that its sender hears why. */
const LARGEST_HEARD = 32 * 1024 * 1024;

/** @throws Refusal 413 */
export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= LARGEST) parts.push(part);
    if (size > LARGEST_HEARD) break;
  }
  if (size > LARGEST) throw new Refusal(413, 'Payload Too Large', {}, { connection: 'close' });
  return Buffer.concat(parts);
}

/** The body as JSON; undefined when there is none. @throws Refusal 413 or 400 */
export async function readJson(req: IncomingMessage): Promise<unknown> {
  const bytes = await readBody(req);
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}
