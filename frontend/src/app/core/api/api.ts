import { type EnvironmentProviders, inject, provideEnvironmentInitializer } from '@angular/core';
import { Store } from '@ngrx/store';
import { client } from '@yudai/sdk';
import { authApiActions } from '../auth/auth-api.actions';
import { ProblemError, problemFrom } from '../problem/problem';

const requestIdHeader = 'X-Request-Id';

/** Turns an unsuccessful answer into the error that the rest of the client knows. */
async function refuse(response: Response, request: Request): Promise<never> {
  const body: unknown = await response.json().catch(() => undefined);
  throw new ProblemError(problemFrom(body, response.status, request.headers.get(requestIdHeader) ?? undefined));
}

/** The browser's fetch, failing with problems: for plain calls and streams alike. */
async function fetchOrRefuse(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  request.headers.set(requestIdHeader, crypto.randomUUID());
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ProblemError(problemFrom(undefined, 0, request.headers.get(requestIdHeader) ?? undefined));
  }
  return response.ok ? response : refuse(response, request);
}

/** Sets the SDK up for the browser: same origin, typed problems, and one place that notices a login that has ended. */
export function provideApi(): EnvironmentProviders {
  return provideEnvironmentInitializer(() => {
    const store = inject(Store);
    client.setConfig({
      baseUrl: '',
      fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
        try {
          return await fetchOrRefuse(input, init);
        } catch (error) {
          if (error instanceof ProblemError) {
            if (error.problem.status === 401) store.dispatch(authApiActions.loginEnded());
            if (error.problem.code === 'github.reconnect') store.dispatch(authApiActions.githubLost());
          }
          throw error;
        }
      },
    });
  });
}
