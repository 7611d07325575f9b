import { jest } from '@jest/globals';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { lastValueFrom, Subject } from 'rxjs';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import type { IdempotencyRepository } from './idempotency.repository.js';

/** Minutes go by here; on a server they would have to be waited for. */
describe('a handler that runs for minutes', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('never loses its key to an equal request, and gives up renewing when it is done', async () => {
    let leaseUntil = 0;
    const hold = (_request: unknown, seconds: number): Promise<boolean> => {
      leaseUntil = Date.now() + seconds * 1_000;
      return Promise.resolve(true);
    };
    const keys = {
      begin: hold,
      renew: hold,
      finish: () => Promise.resolve(),
    } as unknown as IdempotencyRepository;
    const req = { get: () => 'key', body: {}, method: 'POST', path: '/', principal: { userId: 'u' } };
    const context = {
      switchToHttp: () => ({ getRequest: () => req, getResponse: () => ({ statusCode: 201 }) }),
    } as unknown as ExecutionContext;
    const answer = new Subject<string>();
    const next: CallHandler = { handle: () => answer };

    const ended = lastValueFrom(await new IdempotencyInterceptor(keys).intercept(context, next));
    for (let minute = 1; minute <= 10; minute++) {
      await jest.advanceTimersByTimeAsync(60_000);
      expect(leaseUntil - Date.now()).toBeGreaterThan(30_000);
    }
    answer.next('made');
    answer.complete();
    expect(await ended).toBe('made');
    expect(jest.getTimerCount()).toBe(0);
  });
});
