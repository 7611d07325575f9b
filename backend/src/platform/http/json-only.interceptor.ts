import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiConsumes } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { DomainError } from '../errors/domain-error.js';

const CONSUMES = 'yudai:consumes';
const JSON_TYPES = ['application/json', 'application/*+json'];

/** On the few handlers that take something else than JSON. */
export function Consumes(mediaType: string): MethodDecorator {
  return applyDecorators(ApiConsumes(mediaType), SetMetadata(CONSUMES, [mediaType]));
}

/** Refuses bodies of another media type than the handler takes. Runs after the guards and before validation. */
@Injectable()
export class JsonOnlyInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const req = context.switchToHttp().getRequest<Request>();
    const taken = this.reflector.get<string[] | undefined>(CONSUMES, context.getHandler()) ?? JSON_TYPES;
    const hasBody = Number(req.get('content-length') ?? 0) > 0 || req.get('transfer-encoding') !== undefined;
    if (hasBody && !Buffer.isBuffer(req.body) && !req.is(taken)) {
      throw new DomainError('unsupported', 'http.media-type', `The request body must be ${taken[0] ?? 'JSON'}.`);
    }
    return next.handle();
  }
}
