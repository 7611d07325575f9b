import { computed } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withComputed, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type Trajectory, getSolveTrajectory } from '@yudai/sdk';
import { pipe, switchMap, tap } from 'rxjs';
import { fetched } from '../../../../core/api/fetched';
import { type Problem, problemOf } from '../../../../core/problem/problem';

interface TrajectoryState {
  readonly trajectory: Trajectory | undefined;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
}

const initial: TrajectoryState = { trajectory: undefined, loading: true, problem: undefined };

/** The whole conversation between the model and the sandbox. */
export const TrajectoryStore = signalStore(
  withState(initial),
  withComputed(({ trajectory }) => ({ messages: computed(() => trajectory()?.messages ?? []) })),
  withMethods((store) => ({
    load: rxMethod<string>(
      pipe(
        tap(() => patchState(store, { loading: true, problem: undefined })),
        switchMap((id) =>
          fetched((on) => getSolveTrajectory({ path: { id }, ...on })).pipe(
            tapResponse({
              next: (trajectory) => patchState(store, { trajectory, loading: false }),
              error: (error) => patchState(store, { loading: false, problem: problemOf(error) }),
            }),
          ),
        ),
      ),
    ),
  })),
);
