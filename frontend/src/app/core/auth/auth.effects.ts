import { DOCUMENT, inject } from '@angular/core';
import { Router } from '@angular/router';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { concatLatestFrom, mapResponse } from '@ngrx/operators';
import { Store } from '@ngrx/store';
import { getMe, logout } from '@yudai/sdk';
import { exhaustMap, filter, tap } from 'rxjs';
import { fetched } from '../api/fetched';
import { Kept } from '../kept/kept';
import { problemOf } from '../problem/problem';
import { Toasts } from '../../ui/toast/toasts';
import { authApiActions } from './auth-api.actions';
import { authActions } from './auth.actions';
import { authFeature } from './auth.feature';
import { signInUrl } from './return-to';

export const loadMe = createEffect(
  (actions$ = inject(Actions), store = inject(Store), load = getMe) =>
    actions$.pipe(
      ofType(authActions.identityNeeded),
      concatLatestFrom(() => store.select(authFeature.selectMe)),
      filter(([, known]) => known === null),
      exhaustMap(() =>
        fetched((on) => load(on)).pipe(
          mapResponse({
            next: (found) => authApiActions.meLoaded({ me: found }),
            error: (error) => {
              const problem = problemOf(error);
              return problem.status === 401 ? authApiActions.nobodySignedIn() : authApiActions.meFailed({ problem });
            },
          }),
        ),
      ),
    ),
  { functional: true },
);

export const ownTheBrowser = createEffect(
  (actions$ = inject(Actions), kept = inject(Kept)) =>
    actions$.pipe(
      ofType(authApiActions.meLoaded),
      tap(({ me: person }) => kept.belongTo(person.id)),
    ),
  { functional: true, dispatch: false },
);

export const signOut = createEffect(
  (actions$ = inject(Actions), end = logout) =>
    actions$.pipe(
      ofType(authActions.signOutAsked),
      exhaustMap(() =>
        fetched((on) => end(on)).pipe(
          mapResponse({
            next: () => authApiActions.signedOut(),
            error: (error) => authApiActions.signOutFailed({ problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

export const tellSignOutFailed = createEffect(
  (actions$ = inject(Actions), toasts = inject(Toasts)) =>
    actions$.pipe(
      ofType(authApiActions.signOutFailed),
      tap(({ problem }) => toasts.fail(`You are still signed in. ${problem.detail}`)),
    ),
  { functional: true, dispatch: false },
);

/** Whoever sits down next gets a page that never knew the one before: no state, no drafts, no cache. */
export const leaveNothingBehind = createEffect(
  (actions$ = inject(Actions), kept = inject(Kept), document = inject(DOCUMENT)) =>
    actions$.pipe(
      ofType(authApiActions.signedOut),
      tap(() => {
        kept.forgetPerson();
        document.location.assign('/sign-in');
      }),
    ),
  { functional: true, dispatch: false },
);

/** A login that has ended takes the reader to the door and, once signed in again, back to the same page. */
export const askToSignIn = createEffect(
  (actions$ = inject(Actions), router = inject(Router)) =>
    actions$.pipe(
      ofType(authApiActions.loginEnded),
      // Before the first page is there, its guard takes care of it.
      filter(() => router.navigated),
      tap(() => {
        if (!router.url.startsWith('/sign-in')) void router.navigateByUrl(signInUrl(router, router.url));
      }),
    ),
  { functional: true, dispatch: false },
);
