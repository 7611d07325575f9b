import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import type { Me } from '@yudai/sdk';
import type { Problem } from '../problem/problem';
import { authApiActions } from './auth-api.actions';
import { authActions } from './auth.actions';

/** Who is signed in, as far as this browser knows. */
export interface AuthState {
  readonly status: 'unknown' | 'loading' | 'signedIn' | 'signedOut' | { readonly problem: Problem };
  readonly me: Me | null;
}

const initial: AuthState = { status: 'unknown', me: null };

export const authFeature = createFeature({
  name: 'auth',
  reducer: createReducer(
    initial,
    on(authActions.identityNeeded, (state): AuthState => (state.me ? state : { ...state, status: 'loading' })),
    on(authApiActions.meLoaded, (_, { me }): AuthState => ({ status: 'signedIn', me })),
    on(authApiActions.githubLost, (state): AuthState => {
      const { me } = state;
      return me ? { ...state, me: { ...me, github: { ...me.github, connected: false } } } : state;
    }),
    on(authApiActions.meFailed, (state, { problem }): AuthState => ({ ...state, status: { problem } })),
    on(authApiActions.nobodySignedIn, authApiActions.loginEnded, authApiActions.signedOut, (): AuthState => ({
      status: 'signedOut',
      me: null,
    })),
  ),
  extraSelectors: ({ selectMe, selectStatus }) => ({
    selectRole: createSelector(selectMe, (me) => me?.role),
    selectMayAudit: createSelector(selectMe, (me) => me?.role === 'admin' || me?.role === 'auditor'),
    selectIsAdmin: createSelector(selectMe, (me) => me?.role === 'admin'),
    selectGithub: createSelector(selectMe, (me) => me?.github),
    selectProblem: createSelector(selectStatus, (status) => (typeof status === 'object' ? status.problem : undefined)),
  }),
});
