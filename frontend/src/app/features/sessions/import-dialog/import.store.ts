import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type ImportSession, type Session, importSession } from '@yudai/sdk';
import { exhaustMap, pipe, tap } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { type Problem, problemOf } from '../../../core/problem/problem';

interface ImportState {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  readonly session: Session | undefined;
}

const initial: ImportState = { busy: false, problem: undefined, session: undefined };

/** One import on its way. */
export const ImportStore = signalStore(
  withState(initial),
  withMethods((store) => ({
    forget: () => patchState(store, initial),
    send: rxMethod<ImportSession>(
      pipe(
        tap(() => patchState(store, { busy: true, problem: undefined })),
        exhaustMap((body) =>
          fetched((on) => importSession({ body, ...on })).pipe(
            tapResponse({
              next: (session) => patchState(store, { busy: false, session }),
              error: (error) => patchState(store, { busy: false, problem: problemOf(error) }),
            }),
          ),
        ),
      ),
    ),
  })),
);
