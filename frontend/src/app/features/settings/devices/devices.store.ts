import { inject } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { signalStore, withMethods } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type Login, endLogin, endOtherLogins, listLogins } from '@yudai/sdk';
import { concatMap, exhaustMap } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { withPages } from '../../../core/paged/with-pages';
import { problemOf } from '../../../core/problem/problem';
import { Toasts } from '../../../ui/toast/toasts';

/** The browsers a person is signed in with. One that was ended leaves the list once the server has said so. */
export const DevicesStore = signalStore(
  withPages<Login, 'mine'>((_, cursor, on) => listLogins({ query: cursor ? { cursor } : {}, ...on })),
  withMethods((store, toasts = inject(Toasts)) => {
    const tell = (error: unknown): void => {
      const { title, detail } = problemOf(error);
      toasts.fail(`${title}. ${detail}`);
    };
    const endOthers = rxMethod<null>(
      exhaustMap(() =>
        fetched((on) => endOtherLogins(on)).pipe(
          tapResponse({
            next: () => {
              store.change((logins) => logins.filter(({ current }) => current));
              toasts.show('Every other device is signed out');
            },
            error: tell,
          }),
        ),
      ),
    );
    return {
      end: rxMethod<{ readonly id: string; readonly program: string }>(
        concatMap(({ id, program }) =>
          fetched((on) => endLogin({ path: { id }, ...on })).pipe(
            tapResponse({
              next: () => {
                store.change((logins) => logins.filter((login) => login.id !== id));
                toasts.show(`${program} is signed out`);
              },
              error: tell,
            }),
          ),
        ),
      ),
      endOthers: () => endOthers(null),
    };
  }),
);
