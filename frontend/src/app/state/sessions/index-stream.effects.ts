import { inject } from '@angular/core';
import { createEffect } from '@ngrx/effects';
import { type Action, Store } from '@ngrx/store';
import { type IndexState, type ServerEvent, streamIndex } from '@yudai/sdk';
import { EMPTY, type Observable, catchError, filter, map, switchMap } from 'rxjs';
import { type StreamSignal, resumable } from '../../core/live/resumable';
import { indexStreamActions } from './index-stream.actions';
import { sessionsFeature } from './sessions.feature';

const indexIn = ({ data }: ServerEvent): IndexState => data as IndexState;

const source = (sessionId: string): Observable<StreamSignal> =>
  resumable(
    (options) => streamIndex({ path: { id: sessionId }, ...options }),
    (event) => event.event === 'index' && ['ready', 'failed'].includes(indexIn(event).status),
  );

/** While a worker reads the branch of the session that is open, its numbers are followed; nobody watches the others. */
export const followIndex = createEffect(
  (store = inject(Store), open = source) =>
    store
      .select(sessionsFeature.selectIndexing)
      .pipe(switchMap((sessionId) => (sessionId === null ? EMPTY : follow(sessionId, open(sessionId))))),
  { functional: true },
);

function follow(sessionId: string, signals: Observable<StreamSignal>): Observable<Action> {
  return signals.pipe(
    filter((signal) => signal.kind === 'event'),
    filter(({ event }) => event.event === 'index'),
    map(({ event }) => indexStreamActions.told({ sessionId, index: indexIn(event) })),
    // What is refused here is refused to the page as well, which says so; live events still tell the end.
    catchError(() => EMPTY),
  );
}
