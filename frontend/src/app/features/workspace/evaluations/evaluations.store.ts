import { computed, inject } from '@angular/core';
import { Actions, ofType } from '@ngrx/effects';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withComputed, withHooks, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type Evaluation, type EvaluationDetail, getEvaluation, listEvaluations, startEvaluation } from '@yudai/sdk';
import { asyncScheduler, exhaustMap, filter, map, pipe, switchMap, tap, throttleTime } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { liveActions } from '../../../core/live/live.actions';
import { withPages } from '../../../core/paged/with-pages';
import { type Problem, problemOf } from '../../../core/problem/problem';

/** The most the server gives at once: as many as are drawn over time. */
const pageSize = 200;
/** News of one that is under way come several times a second; it is read no oftener than this (milliseconds). */
const calm = 1000;

interface ChosenState {
  /** From the address; the newest where it names none. */
  readonly chosenId: string | undefined;
  /** With its fixes; what was read of it last. */
  readonly detail: EvaluationDetail | undefined;
  readonly detailProblem: Problem | undefined;
  readonly starting: boolean;
  readonly startProblem: Problem | undefined;
}

const initial: ChosenState = {
  chosenId: undefined,
  detail: undefined,
  detailProblem: undefined,
  starting: false,
  startProblem: undefined,
};

/** A session's evaluations, and the one that is looked at with each of its fixes. */
export const EvaluationsStore = signalStore(
  withPages<Evaluation, string>((id, cursor, on) =>
    listEvaluations({ path: { id }, query: { limit: pageSize, ...(cursor ? { cursor } : {}) }, ...on }),
  ),
  withState(initial),
  withComputed(({ items, chosenId, detail }) => {
    const shownId = computed(() => chosenId() ?? items()[0]?.id);
    return {
      shownId,
      shown: computed(() => items().find(({ id }) => id === shownId()) ?? shownOf(detail(), shownId())),
      fixes: computed(() => shownOf(detail(), shownId())?.cases),
      underWay: computed(() => items().some(isUnderWay)),
    };
  }),
  withMethods((store) => {
    /** What the server says of one replaces what the list had of it; a new one stands first. */
    const put = (one: Evaluation): void =>
      store.change((items) =>
        items.some(({ id }) => id === one.id)
          ? items.map((item) => (item.id === one.id ? one : item))
          : [one, ...items],
      );
    const arrived = tapResponse({
      next: (detail: EvaluationDetail) => {
        if (detail.sessionId === store.query() && store.items().some(({ id }) => id === detail.id)) put(detail);
        if (detail.id === store.shownId()) patchState(store, { detail, detailProblem: undefined });
      },
      error: (error) => patchState(store, { detailProblem: problemOf(error) }),
    });
    const read = (evaluationId: string) =>
      fetched((on) => getEvaluation({ path: { evaluationId }, ...on })).pipe(arrived);
    const load = rxMethod<string | undefined>(
      pipe(
        tap(() => patchState(store, { detailProblem: undefined })),
        filter((id) => id !== undefined),
        switchMap(read),
      ),
    );
    const start = rxMethod<null>(
      pipe(
        map(() => store.query()),
        filter((id) => id !== undefined),
        exhaustMap((id) => {
          patchState(store, { starting: true, startProblem: undefined });
          return fetched((on) => startEvaluation({ path: { id }, ...on })).pipe(
            tapResponse({
              next: (begun) => {
                put(begun);
                patchState(store, { starting: false, chosenId: undefined });
              },
              error: (error) => patchState(store, { starting: false, startProblem: problemOf(error) }),
            }),
          );
        }),
      ),
    );
    return {
      load,
      /** Reads the one that is shown again. */
      refresh: () => load(store.shownId()),
      hear: rxMethod<string>(
        pipe(throttleTime(calm, asyncScheduler, { leading: true, trailing: true }), switchMap(read)),
      ),
      choose: rxMethod<string | undefined>(tap((chosenId) => patchState(store, { chosenId }))),
      start: () => start(null),
    };
  }),
  withHooks((store, actions$ = inject(Actions)) => ({
    onInit(): void {
      store.load(store.shownId);
      rxMethod<{ sessionId: string; evaluationId: string }>(
        tap(({ sessionId, evaluationId }) => {
          if (sessionId !== store.query()) return;
          if (store.items().some(({ id }) => id === evaluationId)) store.hear(evaluationId);
          else store.reload();
        }),
      )(actions$.pipe(ofType(liveActions.evaluationChanged)));
      rxMethod<unknown>(
        tap(() => {
          store.reload();
          store.refresh();
        }),
      )(
        // Its own news goes to those only whose right was proven a moment ago; that long work has ended, to every member.
        actions$.pipe(
          ofType(liveActions.reconnected, liveActions.activityChanged),
          filter(({ type }) => type === liveActions.reconnected.type || store.underWay()),
        ),
      );
    },
  })),
);

const isUnderWay = ({ status }: Evaluation): boolean => status === 'queued' || status === 'running';

const shownOf = (detail: EvaluationDetail | undefined, id: string | undefined): EvaluationDetail | undefined =>
  detail?.id === id ? detail : undefined;
