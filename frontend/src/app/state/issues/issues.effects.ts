import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { concatLatestFrom, mapResponse } from '@ngrx/operators';
import { Store } from '@ngrx/store';
import {
  type Issue,
  createIssue,
  deleteIssue,
  getIssue,
  listIssues,
  publishIssue,
  redraftIssue,
  restoreIssueRevision,
  updateIssue,
} from '@yudai/sdk';
import { type Observable, concatMap, exhaustMap, filter, groupBy, map, mergeMap, switchMap } from 'rxjs';
import { fetched } from '../../core/api/fetched';
import { liveActions } from '../../core/live/live.actions';
import { problemOf } from '../../core/problem/problem';
import { issuesApiActions } from './issues-api.actions';
import { issuesPageActions } from './issues-page.actions';
import { issuesFeature } from './issues.feature';

export const loadList = createEffect(
  (actions$ = inject(Actions), list = listIssues) =>
    actions$.pipe(
      ofType(issuesPageActions.listAsked),
      switchMap(({ sessionId }) =>
        fetched((on) => list({ path: { id: sessionId }, ...on })).pipe(
          mapResponse({
            next: ({ items, nextCursor }) => issuesApiActions.listLoaded({ sessionId, issues: items, nextCursor }),
            error: (error) => issuesApiActions.listFailed({ sessionId, problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

export const loadMore = createEffect(
  (actions$ = inject(Actions), store = inject(Store), list = listIssues) =>
    actions$.pipe(
      ofType(issuesPageActions.moreAsked),
      concatLatestFrom(() => store.select(issuesFeature.selectNextCursor)),
      exhaustMap(([{ sessionId }, cursor]) =>
        fetched((on) => list({ path: { id: sessionId }, query: cursor ? { cursor } : {}, ...on })).pipe(
          mapResponse({
            next: ({ items, nextCursor }) => issuesApiActions.moreLoaded({ sessionId, issues: items, nextCursor }),
            error: (error) => issuesApiActions.listFailed({ sessionId, problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

export const create = createEffect(
  (actions$ = inject(Actions), post = createIssue) =>
    actions$.pipe(
      ofType(issuesPageActions.createAsked),
      exhaustMap(({ sessionId, issue }) =>
        fetched((on) => post({ path: { id: sessionId }, body: issue, ...on })).pipe(
          mapResponse({
            next: (created) => issuesApiActions.created({ issue: created }),
            error: (error) => issuesApiActions.createFailed({ problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

/** An issue that is opened, or has changed elsewhere, is read. */
export const load = createEffect(
  (actions$ = inject(Actions), store = inject(Store), get = getIssue) =>
    actions$.pipe(
      ofType(issuesPageActions.opened, liveActions.issueChanged),
      concatLatestFrom(() => store.select(issuesFeature.selectIssuesState)),
      filter(([action, { entities, sessionId }]) => {
        const listed = 'sessionId' in action && action.sessionId === sessionId;
        return action.type === issuesPageActions.opened.type || listed || entities[action.issueId] !== undefined;
      }),
      map(([{ issueId }]) => issueId),
      groupBy((issueId) => issueId),
      mergeMap((same) =>
        same.pipe(
          switchMap((issueId) =>
            fetched((on) => get({ path: { issueId }, ...on })).pipe(
              mapResponse({
                next: (issue) => issuesApiActions.loaded({ issue }),
                error: (error) => issuesApiActions.loadFailed({ issueId, problem: problemOf(error) }),
              }),
            ),
          ),
        ),
      ),
    ),
  { functional: true },
);

/** Words are saved one after the other, and also when the page they were written on is left. */
export const save = createEffect(
  (actions$ = inject(Actions), patch = updateIssue) =>
    actions$.pipe(
      ofType(issuesPageActions.saveAsked),
      concatMap(({ issueId, changes }) =>
        fetched((on) => patch({ path: { issueId }, body: changes, ...on })).pipe(
          mapResponse({
            next: (issue) => issuesApiActions.saved({ issue, changes }),
            error: (error) => issuesApiActions.saveFailed({ issueId, changes, problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

export const publish = createEffect(
  (actions$ = inject(Actions), post = publishIssue) =>
    actions$.pipe(
      ofType(issuesPageActions.publishConfirmed),
      concatMap(({ issueId }) =>
        changed(
          issueId,
          fetched((on) => post({ path: { issueId }, ...on })),
        ),
      ),
    ),
  { functional: true },
);

export const redraft = createEffect(
  (actions$ = inject(Actions), post = redraftIssue) =>
    actions$.pipe(
      ofType(issuesPageActions.redraftAsked),
      concatMap(({ issueId, instructions }) =>
        changed(
          issueId,
          fetched((on) => post({ path: { issueId }, body: { instructions }, ...on })),
        ),
      ),
    ),
  { functional: true },
);

export const restore = createEffect(
  (actions$ = inject(Actions), post = restoreIssueRevision) =>
    actions$.pipe(
      ofType(issuesPageActions.restoreAsked),
      concatMap(({ issueId, revision }) =>
        changed(
          issueId,
          fetched((on) => post({ path: { issueId, n: String(revision) }, ...on })),
        ),
      ),
    ),
  { functional: true },
);

export const remove = createEffect(
  (actions$ = inject(Actions), del = deleteIssue) =>
    actions$.pipe(
      ofType(issuesPageActions.deleteConfirmed),
      concatMap(({ issue }) =>
        fetched((on) => del({ path: { issueId: issue.id }, ...on })).pipe(
          mapResponse({
            next: () => issuesApiActions.deleted({ issue }),
            error: (error) => issuesApiActions.deleteFailed({ problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

const changed = (issueId: string, answer: Observable<Issue>) =>
  answer.pipe(
    mapResponse({
      next: (issue) => issuesApiActions.loaded({ issue }),
      error: (error) => issuesApiActions.changeFailed({ issueId, problem: problemOf(error) }),
    }),
  );
