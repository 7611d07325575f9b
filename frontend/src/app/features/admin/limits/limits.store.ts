import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import {
  type AdminLimits,
  type Person,
  type UpdateLimits,
  findPeople,
  listAdminLimits,
  updateLimits,
} from '@yudai/sdk';
import { exhaustMap, pipe, tap } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { withPages } from '../../../core/paged/with-pages';
import { type Problem, problemOf } from '../../../core/problem/problem';

/** All limits, or with an id those of one person. */
export const LimitsStore = signalStore(
  withPages<AdminLimits, string>(async (userId, _, on) => {
    const { data } = await listAdminLimits({ query: userId ? { userId } : {}, ...on });
    return { data: { items: [data], nextCursor: null } };
  }),
);

/** People whose login or name holds a text. */
export const PeopleStore = signalStore(
  withPages<Person, string>(async (query, _, on) => {
    const { data } = await findPeople({ query: { query }, ...on });
    return { data: { items: data.items, nextCursor: null } };
  }),
);

interface SavingState {
  readonly status: 'idle' | 'saving' | 'saved';
  readonly problem: Problem | undefined;
}

const idle: SavingState = { status: 'idle', problem: undefined };

/** A change of limits on its way. */
export const LimitsChangeStore = signalStore(
  withState(idle),
  withMethods((store) => ({
    save: rxMethod<UpdateLimits>(
      pipe(
        tap(() => patchState(store, { status: 'saving', problem: undefined })),
        exhaustMap((body) =>
          fetched((on) => updateLimits({ body, ...on })).pipe(
            tapResponse({
              next: () => patchState(store, { status: 'saved' }),
              error: (error) => patchState(store, { status: 'idle', problem: problemOf(error) }),
            }),
          ),
        ),
      ),
    ),
  })),
);
