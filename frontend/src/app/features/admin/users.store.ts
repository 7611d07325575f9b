import { inject } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type UpdateUser, type User, listUsers, updateUser } from '@yudai/sdk';
import { concatMap, finalize, pipe, tap } from 'rxjs';
import { fetched } from '../../core/api/fetched';
import { withPages } from '../../core/paged/with-pages';
import { problemOf } from '../../core/problem/problem';
import { Toasts } from '../../ui/toast/toasts';

/** Everybody who has signed in. A change shows once the server has made it. */
export const UsersStore = signalStore(
  withPages<User, 'all'>((_, cursor, on) => listUsers({ query: cursor ? { cursor } : {}, ...on })),
  withState<{ readonly changing: string | undefined }>({ changing: undefined }),
  withMethods((store, toasts = inject(Toasts)) => ({
    update: rxMethod<{ readonly id: string; readonly change: UpdateUser }>(
      pipe(
        tap(({ id }) => patchState(store, { changing: id })),
        concatMap(({ id, change }) =>
          fetched((on) => updateUser({ path: { id }, body: change, ...on })).pipe(
            tapResponse({
              next: (user) => store.change((users) => users.map((each) => (each.id === id ? user : each))),
              error: (error) => {
                const { title, detail } = problemOf(error);
                toasts.fail(`${title}. ${detail}`);
              },
            }),
            finalize(() => patchState(store, { changing: undefined })),
          ),
        ),
      ),
    ),
  })),
);
