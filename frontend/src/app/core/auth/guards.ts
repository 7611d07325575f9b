import { inject } from '@angular/core';
import { type CanActivateFn, type CanMatchFn, Router } from '@angular/router';
import { Store } from '@ngrx/store';
import { filter, map, take } from 'rxjs';
import { authActions } from './auth.actions';
import { authFeature } from './auth.feature';
import { signInUrl } from './return-to';

/**
 * Lets signed-in people through and shows everybody else the door. The server decides; this only spares a page that
 * would be refused. When it cannot be found out, the shell opens and shows the failure with a retry.
 */
export const signedIn: CanActivateFn = (_, state) => {
  const router = inject(Router);
  const store = inject(Store);
  store.dispatch(authActions.identityNeeded());
  return store.select(authFeature.selectStatus).pipe(
    filter((status) => status !== 'unknown' && status !== 'loading'),
    take(1),
    map((status) => status !== 'signedOut' || signInUrl(router, state.url)),
  );
};

/** Pages for admins and auditors; for others the address does not exist. */
export const mayAudit: CanMatchFn = () => inject(Store).select(authFeature.selectMayAudit).pipe(take(1));

/** Pages for admins; for others the address does not exist. */
export const isAdmin: CanMatchFn = () => inject(Store).select(authFeature.selectIsAdmin).pipe(take(1));
