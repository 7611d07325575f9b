import { inject } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type UpdateUser, type User, listUsers, updateUser } from '@yudai/sdk';
import { concatMap, finalize, pipe, tap } from 'rxjs';
import { fetched } from '../../core/api/fetched';
import { withPages } from '../../core/paged/with-pages';
import { type Problem, problemOf } from '../../core/problem/problem';
import { Toasts } from '../../ui/toast/toasts';
import { changeInWords, undoOf } from './user-words';

/** Whom to show. */
export interface UsersQuery {
  readonly query: string;
  readonly role: User['role'] | undefined;
}

interface Changing {
  readonly changing: string | undefined;
  /** The last change that the server did not make, beside the person it was about. */
  readonly refused: { readonly id: string; readonly problem: Problem } | undefined;
}

interface Change {
  readonly user: User;
  readonly change: UpdateUser;
  /** It takes an earlier one back, so it is not offered to be taken back itself. */
  readonly isUndo?: boolean;
}

/** Everybody who has signed in. A change shows once the server has made it. */
export const UsersStore = signalStore(
  withPages<User, UsersQuery>(({ query, role }, cursor, on) =>
    listUsers({
      query: { ...(query ? { query } : {}), ...(role ? { role } : {}), ...(cursor ? { cursor } : {}) },
      ...on,
    }),
  ),
  withState<Changing>({ changing: undefined, refused: undefined }),
  withMethods((store, toasts = inject(Toasts)) => {
    const update = rxMethod<Change>(
      pipe(
        tap(({ user }) => patchState(store, { changing: user.id, refused: undefined })),
        concatMap(({ user, change, isUndo = false }) =>
          fetched((on) => updateUser({ path: { id: user.id }, body: change, ...on })).pipe(
            tapResponse({
              next: (changed) => {
                store.change((users) => users.map((each) => (each.id === user.id ? changed : each)));
                const undo = { user: changed, change: undoOf(user, change), isUndo: true };
                const action = { label: 'Undo', run: () => update(undo) };
                toasts.show(changeInWords(changed, change), isUndo ? undefined : action);
              },
              error: (error) => patchState(store, { refused: { id: user.id, problem: problemOf(error) } }),
            }),
            finalize(() => patchState(store, { changing: undefined })),
          ),
        ),
      ),
    );
    return { update };
  }),
);
