import type { Server } from 'node:http';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler } from 'express';

/** Whoever has connected before the end was announced is still heard. */
const LISTEN_ON_MS = 200;
/** A connection that is silent for so long is not about to ask anything. */
const SILENT_MS = 500;
const LOOK_MS = 25;

/** What is under way in an application that answers HTTP. */
interface Traffic {
  readonly ending: AbortController;
  requests: number;
}

const KEY = 'traffic';

/** Counts the requests under way, so that `drain` can wait for their answers. Before all other middleware. */
export function countTraffic(app: NestExpressApplication): void {
  const traffic: Traffic = { ending: new AbortController(), requests: 0 };
  app.setLocal(KEY, traffic);
  const count: RequestHandler = (_req, res, next) => {
    traffic.requests++;
    res.once('close', () => traffic.requests--);
    if (traffic.ending.signal.aborted) res.setHeader('Connection', 'close');
    next();
  };
  app.use(count);
}

/** Aborts when the process is about to end: who keeps a caller waiting, or streams to them, lets go. */
export function endingOf(req: Request): AbortSignal {
  return trafficOf(req.app.locals).ending.signal;
}

/** Handler parameter: `endingOf` the request. */
export const Ending = createParamDecorator((_data: unknown, context: ExecutionContext): AbortSignal =>
  endingOf(context.switchToHttp().getRequest<Request>()),
);

/** Takes no new connection any more, and resolves when what was asked before is answered and every stream has ended. */
export async function drain(app: NestExpressApplication): Promise<void> {
  const server: Server = app.getHttpServer();
  const traffic = trafficOf((app.getHttpAdapter().getInstance() as { locals: object }).locals);
  await delay(LISTEN_ON_MS);
  // On a busy machine what has come in meanwhile has not been looked at yet.
  await nextTurn();
  traffic.ending.abort();
  const closed = new Promise<'closed'>((resolve) => server.close(() => resolve('closed')));
  for (let silentMs = 0; silentMs < SILENT_MS; silentMs = traffic.requests > 0 ? 0 : silentMs + LOOK_MS) {
    if ((await Promise.race([closed, delay(LOOK_MS)])) === 'closed') return;
    server.closeIdleConnections();
  }
}

function trafficOf(locals: object): Traffic {
  return (locals as Readonly<Record<typeof KEY, Traffic>>)[KEY];
}
