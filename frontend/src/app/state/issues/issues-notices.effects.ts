import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { tap } from 'rxjs';
import { Toasts } from '../../ui/toast/toasts';
import { issuesApiActions } from './issues-api.actions';

/** A new draft is opened at once: that is what it was asked for. */
export const openCreated = createEffect(
  (actions$ = inject(Actions), router = inject(Router)) =>
    actions$.pipe(
      ofType(issuesApiActions.created),
      tap(({ issue }) => void router.navigate(['/s', issue.sessionId, 'issues', issue.id])),
    ),
  { functional: true, dispatch: false },
);

export const leaveDeleted = createEffect(
  (actions$ = inject(Actions), router = inject(Router), toasts = inject(Toasts)) =>
    actions$.pipe(
      ofType(issuesApiActions.deleted),
      tap(({ issue }) => {
        toasts.show(`Deleted the draft “${issue.title || 'Untitled'}”`);
        if (router.url.includes(`/issues/${issue.id}`))
          void router.navigate(['/s', issue.sessionId], { queryParams: { tab: 'issues' } });
      }),
    ),
  { functional: true, dispatch: false },
);

export const tellRefused = createEffect(
  (actions$ = inject(Actions), toasts = inject(Toasts)) =>
    actions$.pipe(
      ofType(issuesApiActions.changeFailed, issuesApiActions.deleteFailed),
      tap(({ problem }) => toasts.fail(`${problem.title}. ${problem.detail}`)),
    ),
  { functional: true, dispatch: false },
);
