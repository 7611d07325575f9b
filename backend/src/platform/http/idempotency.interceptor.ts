import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  Logger,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Response } from 'express';
import { catchError, concatMap, finalize, from, type Observable, of, throwError } from 'rxjs';
import { setTimeout as delay } from 'node:timers/promises';
import { sha256Hex } from '../crypto/tokens.js';
import { DomainError } from '../errors/domain-error.js';
import type { AuthenticatedRequest } from './access.decorator.js';
import { Failures } from './endpoint.decorator.js';
import { endingOf } from './draining.js';
import { IdempotencyRepository, type KeyedRequest } from './idempotency.repository.js';

const KEY = /^[\x21-\x7e]{1,200}$/;
const WAIT_SECONDS = 30;
/** Renewed at a third of it: nobody may take over what is only slow, just what died. */
const LEASE_SECONDS = 45;
const POLL_MS = 100;

/**
 * Same key and same body → the first answer again; same key and another body → 422; an equal request under way is waited
 * for, and done by who waits when it failed, or when its process has died.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly logger = new Logger(IdempotencyInterceptor.name);

  constructor(private readonly keys: IdempotencyRepository) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const req = http.getRequest<AuthenticatedRequest>();
    const res = http.getResponse<Response>();
    const key = req.get('idempotency-key');
    if (key === undefined) return next.handle();
    if (!KEY.test(key))
      throw new DomainError('invalid', 'idempotency.key', 'Idempotency-Key must be 1–200 printable characters.');
    const body = JSON.stringify(req.body ?? null);
    const request = { userId: req.principal.userId, key, requestHash: sha256Hex(`${req.method} ${req.path}\n${body}`) };
    if (await this.keys.begin(request, LEASE_SECONDS)) return this.first(request, res, next);
    return this.again(request, req, res, next);
  }

  private first(request: KeyedRequest, res: Response, next: CallHandler): Observable<unknown> {
    const renewal = setInterval(
      () => {
        this.keys.renew(request, LEASE_SECONDS).catch((error: unknown) => {
          this.logger.warn({ message: 'lease of an Idempotency-Key not renewed', error });
        });
      },
      (LEASE_SECONDS * 1_000) / 3,
    );
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await this.keys.finish(request, res.statusCode, answer);
        return answer;
      }),
      catchError((error: unknown) => from(this.keys.forget(request)).pipe(concatMap(() => throwError(() => error)))),
      finalize(() => clearInterval(renewal)),
    );
  }

  private async again(
    request: KeyedRequest,
    req: AuthenticatedRequest,
    res: Response,
    next: CallHandler,
  ): Promise<Observable<unknown>> {
    const until = Date.now() + WAIT_SECONDS * 1_000;
    while (Date.now() < until && !endingOf(req).aborted) {
      const known = await this.keys.find(request);
      if (known && known.requestHash !== request.requestHash) throw mismatch();
      if (known?.status) {
        res.status(known.status);
        return of(known.answer);
      }
      const isFree = !known || known.leaseUntil < new Date();
      if (isFree && (await this.keys.begin(request, LEASE_SECONDS))) return this.first(request, res, next);
      await delay(POLL_MS);
    }
    throw inFlight();
  }
}

const mismatch = (): DomainError =>
  new DomainError(
    'invalid',
    'idempotency.mismatch',
    'This Idempotency-Key was used for another request; use a new one.',
  );

const inFlight = (): DomainError =>
  new DomainError(
    'conflict',
    'idempotency.in-flight',
    'The first request with this Idempotency-Key has not finished; try again.',
    { retryAfterSeconds: 1 },
  );

/** On POST handlers that create something or act outside. The handler's module imports `IdempotencyModule`. */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body: the first answer again.' }),
    Failures(409),
  );
}
