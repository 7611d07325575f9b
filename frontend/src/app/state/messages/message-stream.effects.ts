import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import type { Action } from '@ngrx/store';
import { type Message, type Retrieval, type ServerEvent, streamMessage } from '@yudai/sdk';
import {
  type Observable,
  bufferTime,
  catchError,
  concatMap,
  exhaustMap,
  filter,
  from,
  groupBy,
  map,
  mergeMap,
  of,
  startWith,
  takeUntil,
} from 'rxjs';
import { type StreamSignal, resumable } from '../../core/live/resumable';
import { problemFrom, problemOf } from '../../core/problem/problem';
import { chatPageActions } from './chat-page.actions';
import { messageStreamActions } from './message-stream.actions';
import { messagesApiActions } from './messages-api.actions';

/** Words come faster than a page need be drawn: what arrives within this many milliseconds is drawn at once. */
const batch = 40;

interface Streaming {
  readonly sessionId: string;
  readonly messageId: string;
}

const source = ({ sessionId, messageId }: Streaming): Observable<StreamSignal> =>
  resumable(
    (options) => streamMessage({ path: { id: sessionId, mid: messageId }, ...options }),
    ({ event }) => event === 'done' || event === 'error',
  );

/** Every answer that is being written is followed, once, until it is done or the page is left. */
export const followAnswers = createEffect(
  (actions$ = inject(Actions), open = source) =>
    actions$.pipe(
      ofType(messagesApiActions.loaded, messagesApiActions.sent, messagesApiActions.anotherAnswerBegun),
      mergeMap((action) => from(streamingIn(action))),
      groupBy(({ messageId }) => messageId),
      mergeMap((same) =>
        same.pipe(
          exhaustMap((streaming) =>
            follow(streaming.messageId, open(streaming)).pipe(takeUntil(actions$.pipe(ofType(chatPageActions.closed)))),
          ),
        ),
      ),
    ),
  { functional: true },
);

type Begun =
  | ReturnType<typeof messagesApiActions.loaded>
  | ReturnType<typeof messagesApiActions.sent>
  | ReturnType<typeof messagesApiActions.anotherAnswerBegun>;

function streamingIn(action: Begun): Streaming[] {
  const { sessionId } = action;
  if ('answerId' in action) return [{ sessionId, messageId: action.answerId }];
  return action.messages.filter(({ status }) => status === 'streaming').map(({ id }) => ({ sessionId, messageId: id }));
}

function follow(messageId: string, signals: Observable<StreamSignal>): Observable<Action> {
  return signals.pipe(
    filter((signal) => signal.kind === 'event'),
    map(({ event }) => event),
    bufferTime(batch),
    filter((events) => events.length > 0),
    concatMap((events) => from(actionsOf(messageId, events))),
    catchError((error: unknown) => of(messageStreamActions.failed({ messageId, problem: problemOf(error) }))),
    startWith(messageStreamActions.started({ messageId })),
  );
}

/** The events of one batch as actions, neighbouring pieces of text as one. */
export function actionsOf(messageId: string, events: readonly ServerEvent[]): Action[] {
  const actions: Action[] = [];
  let text = '';
  const flush = (): void => {
    if (text) actions.push(messageStreamActions.textReceived({ messageId, text }));
    text = '';
  };
  for (const { event, data } of events) {
    const fields = data as { text?: string; retrieval?: Retrieval; message?: Message; problem?: { status?: number } };
    if (event === 'delta') {
      text += fields.text ?? '';
      continue;
    }
    flush();
    if (event === 'context' && fields.retrieval) {
      actions.push(messageStreamActions.contextReceived({ messageId, retrieval: fields.retrieval }));
    } else if (event === 'done' && fields.message) {
      actions.push(messageStreamActions.finished({ message: fields.message }));
    } else if (event === 'error') {
      const problem = problemFrom(fields.problem, fields.problem?.status ?? 500);
      actions.push(messageStreamActions.failed({ messageId, problem }));
    }
  }
  flush();
  return actions;
}
