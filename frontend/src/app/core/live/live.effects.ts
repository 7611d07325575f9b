import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { streamEvents } from '@yudai/sdk';
import { EMPTY, type Observable, catchError, filter, map, of, switchMap, takeUntil, timer } from 'rxjs';
import { authApiActions } from '../auth/auth-api.actions';
import { liveEvent } from './live-event';
import { liveActions } from './live.actions';
import { type StreamSignal, resumable } from './resumable';

/** A break shorter than this (milliseconds) is nobody's business. */
const patience = 8000;

const source = (): Observable<StreamSignal> => resumable((options) => streamEvents({ ...options }));

/** The browser's one stream: from sign-in to sign-out, mending itself. */
export const listen = createEffect(
  (actions$ = inject(Actions), open = source) =>
    actions$.pipe(
      ofType(authApiActions.meLoaded),
      switchMap(() => {
        let first = true;
        return open().pipe(
          map((signal) => {
            if (signal.kind === 'event') return liveEvent(signal.event);
            if (signal.kind === 'lost') return liveActions.lost();
            const connected = first ? liveActions.connected() : liveActions.reconnected();
            first = false;
            return connected;
          }),
          filter((action) => action !== undefined),
          // A refusal here is the end of the login, which is told everywhere else already.
          catchError(() => EMPTY),
          takeUntil(actions$.pipe(ofType(authApiActions.signedOut, authApiActions.loginEnded))),
        );
      }),
    ),
  { functional: true },
);

export const noticeLongBreak = createEffect(
  (actions$ = inject(Actions)) =>
    actions$.pipe(
      ofType(liveActions.lost, liveActions.connected, liveActions.reconnected),
      switchMap((action) =>
        action.type === liveActions.lost.type ? timer(patience).pipe(map(() => liveActions.lostForLong())) : of(),
      ),
    ),
  { functional: true },
);
