import type { Request, Response } from 'express';
import { type ServerSentEvent, sendEvents, whileAllowed } from '../../../platform/http/sse.js';
import type { VerificationEvent } from './verifications.js';

type Source = (signal: AbortSignal) => AsyncGenerator<VerificationEvent, void>;

/** A proxy gives an answer up that says nothing for so long. */
const QUIET_MS = 10_000;

/** The verdict as JSON; while it takes long, spaces before it keep the connection open. */
export async function sendVerdict(req: Request, res: Response, source: Source): Promise<void> {
  const { signal } = await whileAllowed(req, res);
  let spoken = Date.now();
  try {
    for await (const { event, data } of source(signal)) {
      if (event === 'done') {
        if (!res.headersSent) res.json(data);
        else res.end(JSON.stringify(data));
      } else if (Date.now() - spoken >= QUIET_MS) {
        spoken = Date.now();
        if (!res.headersSent) res.status(200).type('json');
        res.write(' ');
      }
    }
    // It ended without a verdict: the caller has gone, or may not know it any longer.
    if (!res.writableEnded) res.destroy();
  } catch (error) {
    if (!res.headersSent) throw error;
    // The answer has begun, so that it breaks off has to tell the client.
    res.destroy(error instanceof Error ? error : undefined);
  }
}

/** The same as a stream: `progress` and at last `done`. */
export async function streamVerdict(req: Request, res: Response, source: Source): Promise<void> {
  await sendEvents(req, res, (signal) => numbered(source(signal)));
}

async function* numbered(events: AsyncGenerator<VerificationEvent, void>): AsyncGenerator<ServerSentEvent, void> {
  let id = 0;
  for await (const { event, data } of events) yield { id: String(++id), event, data };
}
