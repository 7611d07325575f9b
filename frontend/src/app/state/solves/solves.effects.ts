import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { concatLatestFrom, mapResponse } from '@ngrx/operators';
import { Store } from '@ngrx/store';
import { cancelSolve, getSolve, listSessionSolves, openPullRequest, startSolve } from '@yudai/sdk';
import { concatMap, exhaustMap, filter, groupBy, map, mergeMap, switchMap, tap } from 'rxjs';
import { fetched } from '../../core/api/fetched';
import { liveActions } from '../../core/live/live.actions';
import { problemOf } from '../../core/problem/problem';
import { Toasts } from '../../ui/toast/toasts';
import { solvesApiActions } from './solves-api.actions';
import { solvesPageActions } from './solves-page.actions';
import { solvesFeature } from './solves.feature';

export const loadList = createEffect(
  (actions$ = inject(Actions), list = listSessionSolves) =>
    actions$.pipe(
      ofType(solvesPageActions.listAsked),
      switchMap(({ sessionId }) =>
        fetched((on) => list({ path: { id: sessionId }, ...on })).pipe(
          mapResponse({
            next: ({ items, nextCursor }) => solvesApiActions.listLoaded({ sessionId, solves: items, nextCursor }),
            error: (error) => solvesApiActions.listFailed({ sessionId, problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

export const loadMore = createEffect(
  (actions$ = inject(Actions), store = inject(Store), list = listSessionSolves) =>
    actions$.pipe(
      ofType(solvesPageActions.moreAsked),
      concatLatestFrom(() => store.select(solvesFeature.selectNextCursor)),
      exhaustMap(([{ sessionId }, cursor]) =>
        fetched((on) => list({ path: { id: sessionId }, query: cursor ? { cursor } : {}, ...on })).pipe(
          mapResponse({
            next: ({ items, nextCursor }) => solvesApiActions.moreLoaded({ sessionId, solves: items, nextCursor }),
            error: (error) => solvesApiActions.listFailed({ sessionId, problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

/** A solve that is opened, or has changed elsewhere, is read. */
export const load = createEffect(
  (actions$ = inject(Actions), store = inject(Store), get = getSolve) =>
    actions$.pipe(
      ofType(solvesPageActions.opened, solvesApiActions.pullRequestFailed, liveActions.solveChanged),
      concatLatestFrom(() => store.select(solvesFeature.selectSolvesState)),
      filter(([action, { entities, sessionId }]) => {
        const listed = 'sessionId' in action && action.sessionId === sessionId;
        return action.type !== liveActions.solveChanged.type || listed || entities[action.solveId] !== undefined;
      }),
      map(([{ solveId }]) => solveId),
      groupBy((solveId) => solveId),
      mergeMap((same) =>
        same.pipe(
          switchMap((solveId) =>
            fetched((on) => get({ path: { id: solveId }, ...on })).pipe(
              mapResponse({
                next: (solve) => solvesApiActions.loaded({ solve }),
                error: (error) => solvesApiActions.loadFailed({ solveId, problem: problemOf(error) }),
              }),
            ),
          ),
        ),
      ),
    ),
  { functional: true },
);

export const start = createEffect(
  (actions$ = inject(Actions), post = startSolve) =>
    actions$.pipe(
      ofType(solvesPageActions.startAsked),
      exhaustMap(({ issueId, wish }) =>
        fetched((on) => post({ path: { issueId }, body: wish, ...on })).pipe(
          mapResponse({
            next: (solve) => solvesApiActions.started({ solve }),
            error: (error) => solvesApiActions.startFailed({ problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

export const openStarted = createEffect(
  (actions$ = inject(Actions), router = inject(Router)) =>
    actions$.pipe(
      ofType(solvesApiActions.started),
      tap(({ solve }) => void router.navigate(['/s', solve.sessionId, 'solves', solve.id])),
    ),
  { functional: true, dispatch: false },
);

export const cancel = createEffect(
  (actions$ = inject(Actions), post = cancelSolve) =>
    actions$.pipe(
      ofType(solvesPageActions.cancelConfirmed),
      concatMap(({ solveId }) =>
        fetched((on) => post({ path: { id: solveId }, ...on })).pipe(
          mapResponse({
            next: (solve) => solvesApiActions.cancelled({ solve }),
            error: (error) => solvesApiActions.cancelFailed({ solveId, problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

/** The server answers when GitHub has the pull request, which can take a minute. */
export const pullRequest = createEffect(
  (actions$ = inject(Actions), post = openPullRequest) =>
    actions$.pipe(
      ofType(solvesPageActions.pullRequestConfirmed),
      mergeMap(({ solveId, wish }) =>
        fetched((on) => post({ path: { id: solveId }, body: wish, ...on })).pipe(
          mapResponse({
            next: ({ number, url }) => solvesApiActions.pullRequestOpened({ solveId, number, url }),
            error: (error) => solvesApiActions.pullRequestFailed({ solveId, problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

export const tellRefused = createEffect(
  (actions$ = inject(Actions), toasts = inject(Toasts)) =>
    actions$.pipe(
      ofType(solvesApiActions.cancelFailed, solvesApiActions.pullRequestFailed),
      tap(({ problem }) => toasts.fail(`${problem.title}. ${problem.detail}`)),
    ),
  { functional: true, dispatch: false },
);
