import { type Signal, computed } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withComputed, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { streamSolveEvents } from '@yudai/sdk';
import { bufferTime, filter, pipe, switchMap, tap } from 'rxjs';
import { type StreamSignal, resumable } from '../../../../core/live/resumable';
import { type Problem, problemOf } from '../../../../core/problem/problem';
import { type Run, advance, emptyRun } from './run';
import { type SolveEvent, solveEvent } from './solve-event';

/** Milliseconds of events that are drawn at once. */
const frame = 80;

interface RunState {
  readonly solveId: string;
  readonly run: Run;
  readonly connection: 'connecting' | 'live' | 'lost' | 'over';
  readonly problem: Problem | undefined;
}

const initial: RunState = { solveId: '', run: emptyRun, connection: 'connecting', problem: undefined };

const eventsOf = (signals: readonly StreamSignal[]): SolveEvent[] =>
  signals
    .map((signal) => (signal.kind === 'event' ? solveEvent(signal.event) : undefined))
    .filter((event) => event !== undefined);

/** What one solve does, as it happens: read from its beginning, and on from where a broken connection stopped. */
export const RunStore = signalStore(
  withState(initial),
  withComputed(({ run, connection }) => ({
    steps: computed(() => run().steps),
    moments: computed(() => run().moments),
    /** Nothing has arrived yet, and something may. */
    waiting: computed(() => run().seq === 0 && connection() !== 'over'),
  })),
  withMethods((store) => {
    const follow = rxMethod<string>(
      pipe(
        tap((solveId) => patchState(store, { ...initial, solveId })),
        switchMap((id) =>
          resumable(
            (options) => streamSolveEvents({ path: { id }, ...options }),
            ({ event }) => event === 'done',
          ).pipe(
            bufferTime(frame),
            filter((signals) => signals.length > 0),
            tapResponse({
              next: (signals) => {
                const lost = signals.at(-1)?.kind === 'lost';
                patchState(store, ({ run }) => ({
                  run: advance(run, eventsOf(signals)),
                  connection: lost ? ('lost' as const) : ('live' as const),
                  problem: undefined,
                }));
              },
              error: (error) => patchState(store, { problem: problemOf(error) }),
              complete: () => patchState(store, { connection: 'over' }),
            }),
          ),
        ),
      ),
    );
    return {
      open: (solveId: Signal<string>) => follow(solveId),
      retry: () => follow(store.solveId()),
    };
  }),
);
