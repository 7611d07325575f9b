import type { Request, Response } from 'express';
import { currentContext } from '../context/request-context.js';
import { toProblem } from '../errors/problem.js';
import type { AuthenticatedRequest } from './access.decorator.js';
import { endingOf } from './draining.js';

export interface ServerSentEvent {
  /** Position in the stream; the browser sends it back as Last-Event-ID. */
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

const KEEP_ALIVE_MS = 15_000;
const RECONNECT_MS = 1_000;
/** Those whose server ends do not all come back in the same moment. */
const RETURN_WITHIN_MS = 2_000;
const LONGEST_ID = 100;

/** Where a reconnecting client left off; undefined for a first connection. */
export function lastEventId(req: Request): string | undefined {
  const sent =
    req.get('last-event-id') ?? (typeof req.query['lastEventId'] === 'string' ? req.query['lastEventId'] : '');
  return sent !== '' && sent.length <= LONGEST_ID ? sent : undefined;
}

/** Server-Sent Events (HTML Living Standard §9.2). The answer starts at once; a comment every 15 s keeps proxies open. */
class EventStream {
  private readonly keepAlive: NodeJS.Timeout;

  constructor(private readonly res: Response) {
    res.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
      Connection: 'keep-alive',
    });
    res.flushHeaders();
    res.write(`retry: ${RECONNECT_MS}\n\n`);
    this.keepAlive = setInterval(() => res.write(': keep-alive\n\n'), KEEP_ALIVE_MS);
  }

  /** Waits when the client reads more slowly than we write, so that nothing piles up in memory. */
  async send({ id, event, data }: ServerSentEvent): Promise<void> {
    const written = this.res.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (written || this.res.destroyed) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.res.off('drain', done);
        this.res.off('close', done);
        resolve();
      };
      this.res.once('drain', done);
      this.res.once('close', done);
    });
  }

  /** The client is to come back, to this server's successor or to another one. */
  sendAway(): void {
    this.res.write(`retry: ${Math.ceil(Math.random() * RETURN_WITHIN_MS)}\n\n`);
  }

  end(): void {
    clearInterval(this.keepAlive);
    this.res.end();
  }
}

/** Aborts when the client goes, or when a right ends that the request was admitted with. */
export async function whileAllowed(req: Request, res: Response): Promise<AbortController> {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  for (const watch of (req as Partial<AuthenticatedRequest>).watches ?? []) await watch(gone);
  return gone;
}

/**
 * Sends events until the source ends, the client goes, the caller may not read them any longer or the server ends; the
 * source's signal aborts with all but the first.
 * A source that fails after the start ends the stream with an `error` event holding the problem.
 */
export async function sendEvents(
  req: Request,
  res: Response,
  source: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>,
): Promise<void> {
  const gone = await whileAllowed(req, res);
  const stream = new EventStream(res);
  gone.signal.addEventListener('abort', () => stream.end(), { once: true });
  const ending = endingOf(req);
  const leave = (): void => {
    stream.sendAway();
    gone.abort();
  };
  if (ending.aborted) leave();
  ending.addEventListener('abort', leave, { once: true });
  let id = lastEventId(req) ?? '0';
  try {
    for await (const event of source(gone.signal)) {
      if (gone.signal.aborted) break;
      id = event.id;
      await stream.send(event);
    }
  } catch (error) {
    const problem = toProblem(error, req.path, currentContext()?.requestId ?? '');
    if (!gone.signal.aborted) await stream.send({ id, event: 'error', data: { problem } });
  } finally {
    ending.removeEventListener('abort', leave);
    stream.end();
  }
}
