import { inject } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import {
  type ApiToken,
  type CreateApiToken,
  type CreatedApiToken,
  createApiToken,
  deleteApiToken,
  listApiTokens,
} from '@yudai/sdk';
import { concatMap, exhaustMap, pipe, tap } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { withPages } from '../../../core/paged/with-pages';
import { type Problem, problemOf } from '../../../core/problem/problem';
import { Toasts } from '../../../ui/toast/toasts';

/** A person's API tokens; never their secrets. */
export const TokensStore = signalStore(
  withPages<ApiToken, 'mine'>((_, cursor, on) => listApiTokens({ query: cursor ? { cursor } : {}, ...on })),
  withMethods((store, toasts = inject(Toasts)) => ({
    remove: rxMethod<string>(
      concatMap((id) =>
        fetched((on) => deleteApiToken({ path: { id }, ...on })).pipe(
          tapResponse({
            next: () => store.change((tokens) => tokens.filter((token) => token.id !== id)),
            error: (error) => {
              const { title, detail } = problemOf(error);
              toasts.fail(`${title}. ${detail}`);
            },
          }),
        ),
      ),
    ),
  })),
);

interface NewToken {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** With its secret, which lives nowhere else and goes with the dialog. */
  readonly created: CreatedApiToken | undefined;
}

const initial: NewToken = { busy: false, problem: undefined, created: undefined };

/** One token in the making. */
export const NewTokenStore = signalStore(
  withState(initial),
  withMethods((store) => ({
    create: rxMethod<CreateApiToken>(
      pipe(
        tap(() => patchState(store, { busy: true, problem: undefined })),
        exhaustMap((body) =>
          fetched((on) => createApiToken({ body, ...on })).pipe(
            tapResponse({
              next: (created) => patchState(store, { busy: false, created }),
              error: (error) => patchState(store, { busy: false, problem: problemOf(error) }),
            }),
          ),
        ),
      ),
    ),
  })),
);
