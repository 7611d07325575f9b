import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import { MeteredModel } from './metered-model.js';
import { SPENDS } from './spends.decorator.js';

/** Budgets of who is signed in, after their rates and like them before media type and validation. */
@Injectable()
export class BudgetInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly model: MeteredModel,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const rule = this.reflector.get<{ unless?: string } | undefined>(SPENDS, context.getHandler());
    const req = context.switchToHttp().getRequest<Partial<AuthenticatedRequest>>();
    if (rule && req.principal && !has(req.body, rule.unless)) await this.model.ensureRoom(req.principal.userId);
    return next.handle();
  }
}

function has(body: unknown, field: string | undefined): boolean {
  return field !== undefined && typeof body === 'object' && body !== null && field in body;
}
