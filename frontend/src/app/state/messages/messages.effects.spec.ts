import { TestBed } from '@angular/core/testing';
import { Actions } from '@ngrx/effects';
import { type Action, Store, provideState, provideStore } from '@ngrx/store';
import type { SentMessage, sendMessage } from '@yudai/sdk';
import { Subject } from 'rxjs';
import { aMessage, aProblem } from '../../../testing/samples';
import type { StreamSignal } from '../../core/live/resumable';
import { ProblemError } from '../../core/problem/problem';
import { chatPageActions } from './chat-page.actions';
import { actionsOf, followAnswers } from './message-stream.effects';
import { messageStreamActions } from './message-stream.actions';
import { messagesApiActions } from './messages-api.actions';
import { send } from './messages.effects';
import { messagesFeature } from './messages.feature';

const delta = (text: string) => ({ id: '1', event: 'delta', data: { text } });
const done = (text: string) => ({ id: '9', event: 'done', data: { message: aMessage({ id: 'a1', text }) } });
const begun = messagesApiActions.sent({
  sessionId: 's1',
  clientMessageId: 'c1',
  message: aMessage({ id: 'q1' }),
  answerId: 'a1',
});

describe('following an answer', () => {
  let actions: Subject<Action>;
  let signals: Subject<StreamSignal>;
  let seen: Action[];
  const opened = vi.fn(() => signals);

  beforeEach(() => {
    vi.useFakeTimers();
    actions = new Subject();
    signals = new Subject();
    seen = [];
    opened.mockClear();
    followAnswers(new Actions(actions), opened).subscribe((action) => seen.push(action));
  });
  afterEach(() => vi.useRealTimers());

  it('draws words that come together as one, and what it was done with', () => {
    actions.next(begun);
    for (const text of ['Be', 'cau', 'se']) signals.next({ kind: 'event', event: delta(text) });
    vi.advanceTimersByTime(50);
    signals.next({ kind: 'event', event: done('Because.') });
    vi.advanceTimersByTime(50);
    expect(seen).toEqual([
      messageStreamActions.started({ messageId: 'a1' }),
      messageStreamActions.textReceived({ messageId: 'a1', text: 'Because' }),
      messageStreamActions.finished({ message: aMessage({ id: 'a1', text: 'Because.' }) }),
    ]);
  });

  it('reads each answer once, however often it is seen to stream', () => {
    actions.next(begun);
    const streaming = aMessage({ id: 'a1', role: 'assistant', status: 'streaming' });
    actions.next(messagesApiActions.loaded({ sessionId: 's1', messages: [streaming], nextCursor: null }));
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('lets go of the connection when the page is left, and of it only', () => {
    actions.next(begun);
    actions.next(chatPageActions.closed());
    expect(signals.observed).toBe(false);
    actions.next(begun);
    expect(signals.observed).toBe(true);
  });

  it('does not lose the last words when the connection is refused right after them', () => {
    actions.next(begun);
    signals.next({ kind: 'event', event: delta('Half') });
    vi.advanceTimersByTime(50);
    signals.error(new ProblemError(aProblem(403)));
    expect(seen.slice(1)).toEqual([
      messageStreamActions.textReceived({ messageId: 'a1', text: 'Half' }),
      messageStreamActions.failed({ messageId: 'a1', problem: aProblem(403) }),
    ]);
  });

  it('keeps the order of words and places', () => {
    const retrieval = { state: 'found' as const, commit: 'c0ffee', citations: [] };
    const types = actionsOf('a1', [delta('a'), { id: '2', event: 'context', data: { retrieval } }, delta('b')]);
    expect(types.map(({ type }) => type)).toEqual([
      messageStreamActions.textReceived.type,
      messageStreamActions.contextReceived.type,
      messageStreamActions.textReceived.type,
    ]);
  });

  it('shows why the model failed', () => {
    const problem = { detail: 'The model is out.', code: 'model.unavailable', status: 503 };
    const [failed] = actionsOf('a1', [{ id: '3', event: 'error', data: { problem } }]);
    expect(failed).toMatchObject({ messageId: 'a1', problem: { status: 503, code: 'model.unavailable' } });
  });
});

describe('sending', () => {
  it('sends one message after the other, in the order they were written', async () => {
    TestBed.configureTestingModule({ providers: [provideStore(), provideState(messagesFeature)] });
    const store = TestBed.inject(Store);
    const answers: ((sent: { data: SentMessage }) => void)[] = [];
    const bodies: string[] = [];
    const post = ({ body }: { body: { text: string } }) => {
      bodies.push(body.text);
      return new Promise((resolve) => answers.push(resolve));
    };
    const actions = new Subject<Action>();
    send(new Actions(actions), store, post as unknown as typeof sendMessage).subscribe();
    for (const [clientMessageId, text] of [
      ['c1', 'first'],
      ['c2', 'second'],
    ] as const) {
      const action = chatPageActions.sendAsked({
        message: { sessionId: 's1', clientMessageId, text, parentId: null, attachmentIds: [] },
      });
      store.dispatch(action);
      actions.next(action);
    }
    expect(bodies).toEqual(['first']);
    answers[0]?.({ data: { message: aMessage({ id: 'q1' }), answer: { id: 'a1', status: 'streaming' } } });
    await vi.waitFor(() => expect(bodies).toEqual(['first', 'second']));
  });
});
