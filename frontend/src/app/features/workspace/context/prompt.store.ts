import { type Signal, computed, inject } from '@angular/core';
import { Actions, ofType } from '@ngrx/effects';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withComputed, withHooks, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type Context, getContext, updateContext } from '@yudai/sdk';
import { asyncScheduler, concatMap, debounceTime, pipe, switchMap, tap } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { liveActions } from '../../../core/live/live.actions';
import { type Problem, problemOf } from '../../../core/problem/problem';
import { Toasts } from '../../../ui/toast/toasts';
import { messageStreamActions } from '../../../state/messages/message-stream.actions';

/** Milliseconds in which several changes become one look. */
const calm = 300;

interface PromptState {
  readonly sessionId: string;
  /** What the next prompt would hold; nothing until it was asked for. */
  readonly context: Context | undefined;
  readonly problem: Problem | undefined;
  /** What was left out before the last choice. */
  readonly before: readonly string[] | undefined;
}

const initial: PromptState = { sessionId: '', context: undefined, problem: undefined, before: undefined };

/** What the next prompt of one session would hold, measured again whenever something in it changes. */
export const PromptStore = signalStore(
  withState(initial),
  withComputed(({ context }) => ({
    /** Ids of everything that a member has left out. */
    dropped: computed(() => (context()?.parts ?? []).filter(({ state }) => state === 'dropped').map(({ id }) => id)),
  })),
  withMethods((store, toasts = inject(Toasts)) => {
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
    /** The ids of all that are to be left out; shown at once, and measured by the server. */
    const leaveOut = rxMethod<readonly string[]>(
      pipe(
        tap((dropped) => patchState(store, ({ context }) => ({ context: context && marked(context, dropped) }))),
        concatMap((dropped) =>
          fetched((on) =>
            updateContext({ path: { id: store.sessionId() }, body: { dropped: [...dropped] }, ...on }),
          ).pipe(
            tapResponse({
              next: (context: Context) => patchState(store, { context, problem: undefined }),
              error: (error) => {
                const { title, detail } = problemOf(error);
                toasts.fail(`${title}. ${detail}`);
                measure(store.sessionId());
              },
            }),
          ),
        ),
      ),
    );
    const undo = (): void => {
      const before = store.before();
      if (!before) return;
      patchState(store, { before: undefined });
      leaveOut(before);
    };
    return {
      open: (sessionId: Signal<string>) => begin(sessionId),
      measureAgain: () => measure(store.sessionId()),
      /** Leaves a part out of the next prompts, or takes it in again. */
      toggle(id: string): void {
        const before = store.dropped();
        const isOut = before.includes(id);
        patchState(store, { before });
        leaveOut(isOut ? before.filter((each) => each !== id) : [...before, id]);
        toasts.show(isOut ? 'Taken into the next prompts again' : 'Left out of the next prompts', {
          label: 'Undo',
          run: undo,
        });
      },
      undo,
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

/** As the server will most likely say. */
function marked(context: Context, dropped: readonly string[]): Context {
  const parts = context.parts.map((part) => {
    if (dropped.includes(part.id)) return { ...part, state: 'dropped' };
    return part.state === 'dropped' ? { ...part, state: 'included' } : part;
  });
  return { ...context, parts };
}
