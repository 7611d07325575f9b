import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { currentContext, runInContext } from '../context/request-context.js';

const logger = new Logger('Http');
const NANOSECONDS_PER_MS = 1e6;
/** Asked every few seconds by whoever watches this process. */
const WATCHED = /^\/api\/health\//;

/** One line for each request when its answer has ended: under its id, without its query, which may hold what people search for. */
export function requestLog(req: Request, res: Response, next: NextFunction): void {
  const context = currentContext();
  const begun = process.hrtime.bigint();
  const { method, path } = req;
  res.once('close', () => {
    const milliseconds = Math.round(Number(process.hrtime.bigint() - begun) / NANOSECONDS_PER_MS);
    const line = { message: 'request', method, path, status: res.statusCode, milliseconds };
    const write = (): void => {
      if (WATCHED.test(path)) logger.debug(line);
      else logger.log(line);
    };
    if (context) runInContext(context, write);
    else write();
  });
  next();
}
