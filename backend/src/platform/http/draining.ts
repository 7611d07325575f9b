import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler } from 'express';

/** Whoever has connected before the end was announced is still heard. */
const LISTEN_ON_MS = 200;
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

/** Takes no new connection any more, and resolves when what was asked before is answered and every stream has ended. */
export async function drain(app: NestExpressApplication): Promise<void> {
  const server: Server = app.getHttpServer();
  const traffic = trafficOf((app.getHttpAdapter().getInstance() as { locals: object }).locals);
  await delay(LISTEN_ON_MS);
  traffic.ending.abort();
  server.close();
  while (traffic.requests > 0) {
    await delay(LOOK_MS);
    server.closeIdleConnections();
  }
}

function trafficOf(locals: object): Traffic {
  return (locals as Readonly<Record<typeof KEY, Traffic>>)[KEY];
}
