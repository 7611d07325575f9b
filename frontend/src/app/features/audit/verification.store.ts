import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type AuditVerification, verifyAudit } from '@yudai/sdk';
import { exhaustMap, pipe, tap } from 'rxjs';
import { fetched } from '../../core/api/fetched';
import { type Problem, problemOf } from '../../core/problem/problem';

interface VerificationState {
  readonly checking: boolean;
  readonly verification: AuditVerification | undefined;
  readonly problem: Problem | undefined;
}

const initial: VerificationState = { checking: false, verification: undefined, problem: undefined };

/** Whether the trail is as it was written, asked when somebody wants to know. */
export const VerificationStore = signalStore(
  withState(initial),
  withMethods((store) => {
    const check = rxMethod<null>(
      pipe(
        tap(() => patchState(store, { ...initial, checking: true })),
        exhaustMap(() =>
          fetched((on) => verifyAudit(on)).pipe(
            tapResponse({
              next: (verification) => patchState(store, { checking: false, verification }),
              error: (error) => patchState(store, { checking: false, problem: problemOf(error) }),
            }),
          ),
        ),
      ),
    );
    return { check: () => check(null), dismiss: () => patchState(store, initial) };
  }),
);
