import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { mapResponse } from '@ngrx/operators';
import { listActivity } from '@yudai/sdk';
import { asyncScheduler, switchMap, throttleTime } from 'rxjs';
import { fetched } from '../api/fetched';
import { liveActions } from '../live/live.actions';
import { problemOf } from '../problem/problem';
import { activityApiActions, activityTrayActions } from './activity.actions';

/** Changes come in bursts; the tray need not be newer than this (milliseconds). */
const calm = 1500;

export const loadActivity = createEffect(
  (actions$ = inject(Actions), load = listActivity) =>
    actions$.pipe(
      ofType(
        activityTrayActions.opened,
        liveActions.connected,
        liveActions.reconnected,
        liveActions.activityChanged,
        liveActions.indexChanged,
        liveActions.solveChanged,
        liveActions.evaluationChanged,
      ),
      throttleTime(calm, asyncScheduler, { leading: true, trailing: true }),
      switchMap(() =>
        fetched((on) => load(on)).pipe(
          mapResponse({
            next: ({ items }) => activityApiActions.loaded({ items }),
            error: (error) => activityApiActions.failed({ problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);
