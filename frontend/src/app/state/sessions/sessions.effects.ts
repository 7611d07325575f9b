import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { concatLatestFrom, mapResponse } from '@ngrx/operators';
import { Store } from '@ngrx/store';
import { createSession, deleteSession, getSession, listSessions, reindex, updateSession } from '@yudai/sdk';
import { concatMap, exhaustMap, filter, groupBy, map, mergeMap, switchMap, takeUntil } from 'rxjs';
import { fetched } from '../../core/api/fetched';
import { liveActions } from '../../core/live/live.actions';
import { problemOf } from '../../core/problem/problem';
import { sessionsApiActions } from './sessions-api.actions';
import { sessionsPageActions } from './sessions-page.actions';
import { sessionsFeature } from './sessions.feature';
import { workspacePageActions } from './workspace-page.actions';

export const loadList = createEffect(
  (actions$ = inject(Actions), load = listSessions) =>
    actions$.pipe(
      ofType(sessionsPageActions.listAsked),
      switchMap(({ filter: { query, archived } }) =>
        fetched((on) => load({ query: { archived, ...(query ? { query } : {}) }, ...on })).pipe(
          mapResponse({
            next: ({ items, nextCursor }) => sessionsApiActions.listLoaded({ sessions: items, nextCursor }),
            error: (error) => sessionsApiActions.listFailed({ problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

export const loadMore = createEffect(
  (actions$ = inject(Actions), store = inject(Store), load = listSessions) =>
    actions$.pipe(
      ofType(sessionsPageActions.moreAsked),
      concatLatestFrom(() => [
        store.select(sessionsFeature.selectFilter),
        store.select(sessionsFeature.selectNextCursor),
      ]),
      exhaustMap(([, { query, archived }, cursor]) =>
        fetched((on) =>
          load({ query: { archived, ...(query ? { query } : {}), ...(cursor ? { cursor } : {}) }, ...on }),
        ).pipe(
          mapResponse({
            next: ({ items, nextCursor }) => sessionsApiActions.moreLoaded({ sessions: items, nextCursor }),
            error: (error) => sessionsApiActions.listFailed({ problem: problemOf(error) }),
          }),
          takeUntil(actions$.pipe(ofType(sessionsPageActions.listAsked))),
        ),
      ),
    ),
  { functional: true },
);

export const create = createEffect(
  (actions$ = inject(Actions), post = createSession) =>
    actions$.pipe(
      ofType(sessionsPageActions.createAsked),
      exhaustMap(({ session }) =>
        fetched((on) => post({ body: session, ...on })).pipe(
          mapResponse({
            next: (created) => sessionsApiActions.created({ session: created }),
            error: (error) => sessionsApiActions.createFailed({ problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

export const openCreated = createEffect(
  (actions$ = inject(Actions), router = inject(Router)) =>
    actions$.pipe(
      ofType(sessionsApiActions.created),
      switchMap(({ session }) => router.navigate(['/s', session.id])),
    ),
  { functional: true, dispatch: false },
);

export const loadOpened = createEffect(
  (actions$ = inject(Actions), load = getSession) =>
    actions$.pipe(
      ofType(workspacePageActions.opened, workspacePageActions.retryAsked),
      switchMap(({ sessionId }) =>
        fetched((on) => load({ path: { id: sessionId }, ...on })).pipe(
          mapResponse({
            next: (session) => sessionsApiActions.sessionLoaded({ session }),
            error: (error) => sessionsApiActions.sessionFailed({ sessionId, problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

/**
 * A session that changed elsewhere is read again, if this browser has it at all; after a break the one that is open, since
 * what was told meanwhile may be gone.
 */
export const refresh = createEffect(
  (actions$ = inject(Actions), store = inject(Store), load = getSession) =>
    actions$.pipe(
      ofType(liveActions.sessionChanged, liveActions.reconnected),
      concatLatestFrom(() => [
        store.select(sessionsFeature.selectEntities),
        store.select(sessionsFeature.selectOpenId),
      ]),
      map(([action, known, openId]) => known['sessionId' in action ? action.sessionId : (openId ?? '')]?.id),
      filter((sessionId) => sessionId !== undefined),
      groupBy((sessionId) => sessionId),
      mergeMap((same) =>
        same.pipe(
          switchMap((sessionId) =>
            fetched((on) => load({ path: { id: sessionId }, ...on })).pipe(
              mapResponse({
                next: (session) => sessionsApiActions.sessionLoaded({ session }),
                error: (error) => sessionsApiActions.sessionFailed({ sessionId, problem: problemOf(error) }),
              }),
            ),
          ),
        ),
      ),
    ),
  { functional: true },
);

export const rename = createEffect(
  (actions$ = inject(Actions), patch = updateSession) =>
    actions$.pipe(
      ofType(sessionsPageActions.renameAsked, workspacePageActions.renameAsked),
      concatMap(({ session, title }) => change(session, { title }, patch)),
    ),
  { functional: true },
);

export const archive = createEffect(
  (actions$ = inject(Actions), patch = updateSession) =>
    actions$.pipe(
      ofType(sessionsPageActions.archiveAsked, workspacePageActions.archiveAsked),
      concatMap(({ session, archived }) => change(session, { archived }, patch)),
    ),
  { functional: true },
);

export const remove = createEffect(
  (actions$ = inject(Actions), del = deleteSession) =>
    actions$.pipe(
      ofType(sessionsPageActions.deleteConfirmed, workspacePageActions.deleteConfirmed),
      concatMap(({ session }) =>
        fetched((on) => del({ path: { id: session.id }, ...on })).pipe(
          mapResponse({
            next: () => sessionsApiActions.deleted({ sessionId: session.id, title: session.title }),
            error: (error) => sessionsApiActions.deleteFailed({ problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

export const startReindex = createEffect(
  (actions$ = inject(Actions), start = reindex) =>
    actions$.pipe(
      ofType(workspacePageActions.reindexAsked),
      exhaustMap(({ sessionId }) =>
        fetched((on) => start({ path: { id: sessionId }, ...on })).pipe(
          mapResponse({
            next: () => sessionsApiActions.reindexStarted({ sessionId }),
            error: (error) => sessionsApiActions.reindexFailed({ problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

/** The page shows the change already; the server confirms or refuses it. */
function change(
  before: Parameters<typeof sessionsApiActions.updated>[0]['before'],
  body: { title?: string; archived?: boolean },
  patch: typeof updateSession,
) {
  return fetched((on) => patch({ path: { id: before.id }, body, ...on })).pipe(
    mapResponse({
      next: (session) => sessionsApiActions.updated({ session, before }),
      error: (error) => sessionsApiActions.updateRefused({ before, problem: problemOf(error) }),
    }),
  );
}
