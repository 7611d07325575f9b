import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type AuditVerification, events, streamAuditVerification } from '@yudai/sdk';
import { Observable, Subject, exhaustMap, pipe, takeUntil, tap } from 'rxjs';
import { type Problem, ProblemError, problemFrom, problemOf } from '../../../core/problem/problem';

/** How far a verification is. */
export interface VerificationProgress {
  readonly checked: number;
  readonly total: number;
  /** Since it began. */
  readonly seconds: number;
}

interface VerificationState {
  readonly running: boolean;
  readonly progress: VerificationProgress | undefined;
  readonly verification: AuditVerification | undefined;
  readonly problem: Problem | undefined;
}

const initial: VerificationState = {
  running: false,
  progress: undefined,
  verification: undefined,
  problem: undefined,
};

type Heard = { readonly progress: VerificationProgress } | { readonly verification: AuditVerification };

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const isVerification = (value: unknown): value is AuditVerification => typeof record(value)['intact'] === 'boolean';

/** A verification as it goes on, until it has found something; leaving it stops it. */
function verification(): Observable<Heard> {
  return new Observable((subscriber) => {
    const gone = new AbortController();
    const began = performance.now();
    const progressOf = (data: unknown): VerificationProgress => {
      const { checked, total } = record(data);
      return { checked: Number(checked), total: Number(total), seconds: (performance.now() - began) / 1000 };
    };
    const listen = async (): Promise<void> => {
      for await (const { event, data } of events(streamAuditVerification, { signal: gone.signal })) {
        if (event === 'progress') subscriber.next({ progress: progressOf(data) });
        if (event === 'done' && isVerification(data)) {
          subscriber.next({ verification: data });
          subscriber.complete();
          return;
        }
        if (event === 'error') throw new ProblemError(problemFrom(data, Number(record(data)['status']) || 500));
      }
      // The stream has ended before it came to an end: the connection was cut.
      throw new ProblemError(problemFrom(undefined, 0));
    };
    listen().catch((error: unknown) => {
      if (!gone.signal.aborted) subscriber.error(error);
    });
    return () => gone.abort();
  });
}

/** Whether the trail is as it was written, asked when somebody wants to know. */
export const VerificationStore = signalStore(
  withState(initial),
  withMethods((store) => {
    const stopped = new Subject<void>();
    const check = rxMethod<null>(
      pipe(
        tap(() => patchState(store, { ...initial, running: true })),
        exhaustMap(() =>
          verification().pipe(
            takeUntil(stopped),
            tapResponse({
              next: (heard) => patchState(store, 'progress' in heard ? heard : { ...initial, ...heard }),
              error: (error) => patchState(store, { ...initial, problem: problemOf(error) }),
            }),
          ),
        ),
      ),
    );
    return {
      check: () => check(null),
      /** Stops it, or puts away what it has found. */
      dismiss(): void {
        stopped.next();
        patchState(store, initial);
      },
    };
  }),
);
