import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentContext } from '../context/request-context.js';
import { DomainError } from './domain-error.js';
import { type Problem, toProblem } from './problem.js';

/** Sends a problem document, with the headers that belong to its status. */
export function sendProblem(res: Response, problem: Problem): void {
  if (problem.retryAfterSeconds !== undefined)
    res.setHeader('Retry-After', String(Math.ceil(problem.retryAfterSeconds)));
  if (problem.status === 401) res.setHeader('WWW-Authenticate', 'Bearer');
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** The one place where errors become HTTP answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const req = http.getRequest<Request>();
    const res = http.getResponse<Response>();
    if (hasLeft(req)) {
      this.logger.debug({ message: 'the client hung up in the middle of its request' });
      res.destroy();
      return;
    }
    const problem = toProblem(error, req.path, currentContext()?.requestId ?? '');
    this.log(error, problem);
    if (res.headersSent) {
      res.destroy();
      return;
    }
    sendProblem(res, problem);
  }

  private log(error: unknown, problem: Problem): void {
    if (problem.status >= 500 && !(error instanceof DomainError)) {
      this.logger.error({ message: 'unexpected error', code: problem.code, error });
    } else if (problem.status >= 500) {
      this.logger.warn({ message: 'upstream failed', code: problem.code, error });
    }
  }
}

/** Whoever hangs up in the middle of a request hears no answer, and nothing has failed. */
const hasLeft = ({ destroyed, complete }: Request): boolean => destroyed && !complete;
