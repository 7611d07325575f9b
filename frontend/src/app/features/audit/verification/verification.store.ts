import { inject } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type AuditVerification, verifyAudit } from '@yudai/sdk';
import { Subject, exhaustMap, pipe, takeUntil, tap } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { type Problem, problemOf } from '../../../core/problem/problem';
import { Clock } from '../../../ui/relative-time/clock';

interface VerificationState {
  /** Since when it is under way, in milliseconds since the epoch. */
  readonly since: number | undefined;
  readonly verification: AuditVerification | undefined;
  readonly problem: Problem | undefined;
}

const initial: VerificationState = { since: undefined, verification: undefined, problem: undefined };

/** Whether the trail is as it was written, asked when somebody wants to know. */
export const VerificationStore = signalStore(
  withState(initial),
  withMethods((store, clock = inject(Clock)) => {
    const stopped = new Subject<void>();
    const check = rxMethod<null>(
      pipe(
        tap(() => patchState(store, { ...initial, since: clock.now() })),
        exhaustMap(() =>
          fetched((on) => verifyAudit(on)).pipe(
            takeUntil(stopped),
            tapResponse({
              next: (verification) => patchState(store, { since: undefined, verification }),
              error: (error) => patchState(store, { since: undefined, problem: problemOf(error) }),
            }),
          ),
        ),
      ),
    );
    return {
      check: () => check(null),
      dismiss(): void {
        stopped.next();
        patchState(store, initial);
      },
    };
  }),
);
