import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { concatLatestFrom, mapResponse } from '@ngrx/operators';
import { Store } from '@ngrx/store';
import { listMessages, retryMessage, sendMessage, stopMessage } from '@yudai/sdk';
import { asyncScheduler, concatMap, debounceTime, exhaustMap, filter, map, switchMap, takeUntil, tap } from 'rxjs';
import { fetched } from '../../core/api/fetched';
import { liveActions } from '../../core/live/live.actions';
import { problemOf } from '../../core/problem/problem';
import { Toasts } from '../../ui/toast/toasts';
import { chatPageActions } from './chat-page.actions';
import { messagesApiActions } from './messages-api.actions';
import { messagesFeature } from './messages.feature';

export const load = createEffect(
  (actions$ = inject(Actions), store = inject(Store), list = listMessages) =>
    actions$.pipe(
      ofType(chatPageActions.opened, chatPageActions.reloadAsked),
      concatLatestFrom(() => [store.select(messagesFeature.selectSessionId), store.select(messagesFeature.selectLeaf)]),
      filter(([, sessionId]) => sessionId !== null),
      switchMap(([, sessionId, leaf]) => {
        const id = sessionId ?? '';
        return fetched((on) => list({ path: { id }, query: leaf ? { leaf } : {}, ...on })).pipe(
          mapResponse({
            next: ({ items, nextCursor }) => messagesApiActions.loaded({ sessionId: id, messages: items, nextCursor }),
            error: (error) => messagesApiActions.failed({ problem: problemOf(error) }),
          }),
          takeUntil(actions$.pipe(ofType(chatPageActions.closed))),
        );
      }),
    ),
  { functional: true },
);

export const loadOlder = createEffect(
  (actions$ = inject(Actions), store = inject(Store), list = listMessages) =>
    actions$.pipe(
      ofType(chatPageActions.olderAsked),
      concatLatestFrom(() => store.select(messagesFeature.selectMessagesState)),
      exhaustMap(([, { sessionId, leaf, olderCursor }]) => {
        const id = sessionId ?? '';
        const query = { ...(leaf ? { leaf } : {}), ...(olderCursor ? { cursor: olderCursor } : {}) };
        return fetched((on) => list({ path: { id }, query, ...on })).pipe(
          mapResponse({
            next: ({ items, nextCursor }) =>
              messagesApiActions.olderLoaded({ sessionId: id, messages: items, nextCursor }),
            error: (error) => messagesApiActions.olderFailed({ problem: problemOf(error) }),
          }),
          takeUntil(actions$.pipe(ofType(chatPageActions.opened, chatPageActions.closed))),
        );
      }),
    ),
  { functional: true },
);

/** One after the other, in the order they were written; the same client id is stored once however often it is sent. */
export const send = createEffect(
  (actions$ = inject(Actions), store = inject(Store), post = sendMessage) =>
    actions$.pipe(
      ofType(chatPageActions.sendAsked, chatPageActions.resendAsked),
      concatLatestFrom(() => store.select(messagesFeature.selectOutgoing)),
      map(([action, outgoing]) => {
        const { clientMessageId } = 'message' in action ? action.message : action;
        return outgoing.find((each) => each.clientMessageId === clientMessageId);
      }),
      filter((message) => message !== undefined),
      concatMap(({ sessionId, clientMessageId, text, parentId, attachmentIds }) => {
        const body = {
          text,
          clientMessageId,
          parentId,
          ...(attachmentIds.length ? { attachmentIds: [...attachmentIds] } : {}),
        };
        return fetched((on) => post({ path: { id: sessionId }, body, ...on })).pipe(
          mapResponse({
            next: ({ message, answer }) =>
              messagesApiActions.sent({ sessionId, clientMessageId, message, answerId: answer.id }),
            error: (error) => messagesApiActions.sendFailed({ clientMessageId, problem: problemOf(error) }),
          }),
        );
      }),
    ),
  { functional: true },
);

export const retry = createEffect(
  (actions$ = inject(Actions), post = retryMessage) =>
    actions$.pipe(
      ofType(chatPageActions.anotherAnswerAsked),
      exhaustMap(({ sessionId, messageId }) =>
        fetched((on) => post({ path: { id: sessionId, mid: messageId }, body: {}, ...on })).pipe(
          mapResponse({
            next: ({ answer }) =>
              messagesApiActions.anotherAnswerBegun({ sessionId, besideId: messageId, answerId: answer.id }),
            error: (error) => messagesApiActions.answerRefused({ problem: problemOf(error) }),
          }),
        ),
      ),
    ),
  { functional: true },
);

/** The stream itself tells that the answer has stopped; here only a refusal is news. */
export const stop = createEffect(
  (actions$ = inject(Actions), post = stopMessage) =>
    actions$.pipe(
      ofType(chatPageActions.stopAsked),
      exhaustMap(({ sessionId, messageId }) =>
        fetched((on) => post({ path: { id: sessionId, mid: messageId }, ...on })).pipe(
          mapResponse({
            next: () => null,
            error: (error) => messagesApiActions.answerRefused({ problem: problemOf(error) }),
          }),
        ),
      ),
      filter((action) => action !== null),
    ),
  { functional: true },
);

export const tellRefused = createEffect(
  (actions$ = inject(Actions), toasts = inject(Toasts)) =>
    actions$.pipe(
      ofType(messagesApiActions.answerRefused),
      tap(({ problem }) => toasts.fail(`${problem.title}. ${problem.detail}`)),
    ),
  { functional: true, dispatch: false },
);

/** Milliseconds in which several changes become one look. */
const calm = 400;

/** Somebody else wrote here, or this person in another window. What is streaming here is known already. */
export const readAnew = createEffect(
  (actions$ = inject(Actions), store = inject(Store), scheduler = asyncScheduler) =>
    actions$.pipe(
      ofType(liveActions.messageChanged),
      concatLatestFrom(() => store.select(messagesFeature.selectMessagesState)),
      filter(([{ sessionId, messageId }, state]) => {
        if (sessionId !== state.sessionId || state.leaf !== null) return false;
        const known = state.entities[messageId];
        return known?.status !== 'streaming' && !state.outgoing.some((each) => each.sessionId === sessionId);
      }),
      debounceTime(calm, scheduler),
      map(() => chatPageActions.reloadAsked()),
    ),
  { functional: true },
);
