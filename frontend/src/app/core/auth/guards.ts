import { inject } from '@angular/core';
import { type CanActivateFn, type CanMatchFn, Router } from '@angular/router';
import { Store } from '@ngrx/store';
import { type Observable, filter, map, switchMap, take } from 'rxjs';
import { authActions } from './auth.actions';
import { type AuthState, authFeature } from './auth.feature';
import { signInUrl } from './return-to';

/** Finds out who is here, if that is not known yet: once, and then the status stays. */
function identity(): Observable<AuthState['status']> {
  const store = inject(Store);
  store.dispatch(authActions.identityNeeded());
  return store.select(authFeature.selectStatus).pipe(
    filter((status) => status !== 'unknown' && status !== 'loading'),
    take(1),
  );
}

/**
 * Lets signed-in people through and shows everybody else the door. The server decides; this only spares a page that
 * would be refused. When it cannot be found out, the shell opens and shows the failure with a retry.
 */
export const signedIn: CanActivateFn = (_, state) => {
  const router = inject(Router);
  return identity().pipe(map((status) => status !== 'signedOut' || signInUrl(router, state.url)));
};

/** Matching comes before the guard above: a page that is opened by its address finds out for itself who asks. */
const having = (right: typeof authFeature.selectMayAudit): CanMatchFn => {
  return () => {
    const store = inject(Store);
    return identity().pipe(
      switchMap(() => store.select(right)),
      take(1),
    );
  };
};

/** Pages for admins and auditors; for others the address does not exist. */
export const mayAudit = having(authFeature.selectMayAudit);

/** Pages for admins; for others the address does not exist. */
export const isAdmin = having(authFeature.selectIsAdmin);
