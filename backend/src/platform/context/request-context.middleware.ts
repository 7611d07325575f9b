import type { NextFunction, Request, Response } from 'express';
import { newId } from '../database/ids.js';
import { runInContext } from './request-context.js';

/** Ids of other systems are taken over when they cannot break a log line or a header. */
const SANE_ID = /^[A-Za-z0-9._:-]{8,128}$/;
const USER_AGENT_LIMIT = 256;

/** Gives each request its id (taken over from the client when it is sane) and its context. */
export function requestContext(req: Request, res: Response, next: NextFunction): void {
  const sent = req.get('x-request-id');
  const requestId = sent && SANE_ID.test(sent) ? sent : newId();
  res.setHeader('X-Request-Id', requestId);
  const userAgent = req.get('user-agent')?.slice(0, USER_AGENT_LIMIT);
  runInContext(
    { requestId, via: 'cookie', ...(req.ip ? { ip: req.ip } : {}), ...(userAgent ? { userAgent } : {}) },
    next,
  );
}
