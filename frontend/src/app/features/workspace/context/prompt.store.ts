import { type Signal, inject } from '@angular/core';
import { Actions, ofType } from '@ngrx/effects';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withHooks, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type Context, getContext, updateContext } from '@yudai/sdk';
import { asyncScheduler, concatMap, debounceTime, pipe, switchMap, tap } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { liveActions } from '../../../core/live/live.actions';
import { type Problem, problemOf } from '../../../core/problem/problem';
import { messageStreamActions } from '../../../state/messages/message-stream.actions';

/** Milliseconds in which several changes become one look. */
const calm = 300;

interface PromptState {
  readonly sessionId: string;
  /** What the next prompt would hold; nothing until it was asked for. */
  readonly context: Context | undefined;
  readonly problem: Problem | undefined;
}

const initial: PromptState = { sessionId: '', context: undefined, problem: undefined };

/** What the next prompt of one session would hold, measured again whenever something in it changes. */
export const PromptStore = signalStore(
  withState(initial),
  withMethods((store) => {
    const shown = tapResponse({
      next: (context: Context) => patchState(store, { context, problem: undefined }),
      error: (error) => patchState(store, { problem: problemOf(error) }),
    });
    const measure = rxMethod<string>(
      pipe(
        debounceTime(calm, asyncScheduler),
        switchMap((id) => fetched((on) => getContext({ path: { id }, ...on })).pipe(shown)),
      ),
    );
    const begin = rxMethod<string>(
      tap((sessionId) => {
        patchState(store, { ...initial, sessionId });
        measure(sessionId);
      }),
    );
    return {
      open: (sessionId: Signal<string>) => begin(sessionId),
      measureAgain: () => measure(store.sessionId()),
      /** Leaves parts out of the next prompts, or takes them in again: the ids of all that are left out. */
      leaveOut: rxMethod<readonly string[]>(
        concatMap((dropped) =>
          fetched((on) =>
            updateContext({ path: { id: store.sessionId() }, body: { dropped: [...dropped] }, ...on }),
          ).pipe(shown),
        ),
      ),
    };
  }),
  withHooks((store, actions$ = inject(Actions)) => ({
    onInit(): void {
      rxMethod<unknown>(tap(() => store.measureAgain()))(actions$.pipe(ofType(messageStreamActions.finished)));
      rxMethod<{ sessionId: string }>(
        tap(({ sessionId }) => {
          if (sessionId === store.sessionId()) store.measureAgain();
        }),
      )(actions$.pipe(ofType(liveActions.sessionChanged)));
    },
  })),
);
