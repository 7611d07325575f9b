import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type SolveDiff, getSolveDiff } from '@yudai/sdk';
import { pipe, switchMap, tap } from 'rxjs';
import { fetched } from '../../../../core/api/fetched';
import { type Problem, problemOf } from '../../../../core/problem/problem';

interface DiffState {
  readonly diff: SolveDiff | undefined;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
}

const initial: DiffState = { diff: undefined, loading: true, problem: undefined };

/** What a solve has changed, as the server read it from the work tree. */
export const DiffStore = signalStore(
  withState(initial),
  withMethods((store) => ({
    load: rxMethod<string>(
      pipe(
        tap(() => patchState(store, { loading: true, problem: undefined })),
        switchMap((id) =>
          fetched((on) => getSolveDiff({ path: { id }, headers: { Accept: 'application/json' }, ...on })).pipe(
            tapResponse({
              next: (diff) => patchState(store, { diff, loading: false }),
              error: (error) => patchState(store, { loading: false, problem: problemOf(error) }),
            }),
          ),
        ),
      ),
    ),
  })),
);
