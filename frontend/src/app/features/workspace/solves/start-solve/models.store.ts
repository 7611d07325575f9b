import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type Model, listModels } from '@yudai/sdk';
import { pipe, switchMap, tap } from 'rxjs';
import { fetched } from '../../../../core/api/fetched';
import { type Problem, problemOf } from '../../../../core/problem/problem';

interface ModelsState {
  readonly models: readonly Model[];
  readonly loading: boolean;
  readonly problem: Problem | undefined;
}

const initial: ModelsState = { models: [], loading: true, problem: undefined };

/** The models a solve may use. */
export const ModelsStore = signalStore(
  withState(initial),
  withMethods((store) => {
    const load = rxMethod<null>(
      pipe(
        tap(() => patchState(store, { loading: true, problem: undefined })),
        switchMap(() =>
          fetched((on) => listModels(on)).pipe(
            tapResponse({
              next: ({ items }) => patchState(store, { models: items, loading: false }),
              error: (error) => patchState(store, { loading: false, problem: problemOf(error) }),
            }),
          ),
        ),
      ),
    );
    return { load: () => load(null) };
  }),
);
