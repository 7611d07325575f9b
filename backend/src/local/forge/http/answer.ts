import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** What a part of the forge answers; a stream is read only when it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | AsyncIterable<Buffer>;
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers };
}

function isAtHand(body: Answer['body']): body is string | Buffer | undefined {
  return body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
}

/**
 * Sends an answer; a stream at the pace of its reader, and it is given up when the reader leaves.
 * @throws Error when the reader has left, or the stream fails
 */
export async function send(res: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  if (isAtHand(body)) {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    res.writeHead(status, { ...headers, ...length }).end(body);
    return;
  }
  res.writeHead(status, headers);
  await pipeline(body, res);
}

/** Does everything that an answer stands for, without sending it. */
export async function drain({ body }: Answer): Promise<void> {
  if (isAtHand(body)) return;
  for await (const _chunk of body);
}
