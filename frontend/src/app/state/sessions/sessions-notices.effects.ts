import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { Store } from '@ngrx/store';
import { filter, tap } from 'rxjs';
import { Toasts } from '../../ui/toast/toasts';
import { sessionsApiActions } from './sessions-api.actions';
import { sessionsPageActions } from './sessions-page.actions';

/** What has been archived can be fetched back for as long as the notice stands. */
export const offerUndo = createEffect(
  (actions$ = inject(Actions), store = inject(Store), toasts = inject(Toasts)) =>
    actions$.pipe(
      ofType(sessionsApiActions.updated),
      filter(({ session, before }) => session.archived !== before.archived),
      tap(({ session }) =>
        toasts.show(session.archived ? `Archived “${session.title}”` : `“${session.title}” is back in the list`, {
          label: 'Undo',
          run: () => store.dispatch(sessionsPageActions.archiveAsked({ session, archived: !session.archived })),
        }),
      ),
    ),
  { functional: true, dispatch: false },
);

export const tellDeleted = createEffect(
  (actions$ = inject(Actions), router = inject(Router), toasts = inject(Toasts)) =>
    actions$.pipe(
      ofType(sessionsApiActions.deleted),
      tap(({ sessionId, title }) => {
        toasts.show(`Deleted “${title}”`);
        if (router.url.startsWith(`/s/${sessionId}`)) void router.navigate(['/']);
      }),
    ),
  { functional: true, dispatch: false },
);

export const tellRefused = createEffect(
  (actions$ = inject(Actions), toasts = inject(Toasts)) =>
    actions$.pipe(
      ofType(sessionsApiActions.updateRefused, sessionsApiActions.deleteFailed, sessionsApiActions.reindexFailed),
      tap(({ problem }) => toasts.fail(`${problem.title}. ${problem.detail}`)),
    ),
  { functional: true, dispatch: false },
);
