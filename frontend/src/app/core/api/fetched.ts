import { Observable } from 'rxjs';

/** Options for every call of the SDK: failures are thrown, and leaving cancels the request. */
export interface CallOptions {
  readonly throwOnError: true;
  readonly signal: AbortSignal;
}

/**
 * A call of the SDK as a cold observable of its data: `fetched((on) => getSession({ path: { id }, ...on }))`.
 * It fails with a ProblemError; unsubscribing aborts the request.
 */
export const fetched = <T>(call: (on: CallOptions) => Promise<{ data: T }>): Observable<T> =>
  new Observable((subscriber) => {
    const gone = new AbortController();
    call({ throwOnError: true, signal: gone.signal }).then(
      ({ data }) => {
        subscriber.next(data);
        subscriber.complete();
      },
      (error: unknown) => {
        if (!gone.signal.aborted) subscriber.error(error);
      },
    );
    return () => gone.abort();
  });
