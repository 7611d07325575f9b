import { type ArgumentsHost, Catch, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ProblemFilter } from '../../../platform/errors/problem.filter.js';
import { toProblem } from '../../../platform/errors/problem.js';
import { AuditRefusals } from './audit-refusals.js';

/** Answers errors like the filter it extends; a refusal is on the audit trail before its answer leaves. */
@Catch()
@Injectable()
export class RefusalsFilter extends ProblemFilter {
  constructor(private readonly refusals: AuditRefusals) {
    super();
  }

  override catch(error: unknown, host: ArgumentsHost): void {
    void this.note(error, host).finally(() => {
      super.catch(error, host);
    });
  }

  private async note(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const req = http.getRequest<Request>();
    const matched = (req.route as { path?: unknown } | undefined)?.path;
    if (typeof matched !== 'string' || http.getResponse<Response>().headersSent) return;
    const { status, code } = toProblem(error, req.path, '');
    const { method, path } = req;
    await this.refusals.note({ status, code, method, path, route: `${method} ${matched}` });
  }
}
