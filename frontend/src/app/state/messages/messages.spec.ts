import type { Action } from '@ngrx/store';
import { aMessage, aProblem } from '../../../testing/samples';
import { chatPageActions } from './chat-page.actions';
import { messageStreamActions } from './message-stream.actions';
import { messagesApiActions } from './messages-api.actions';
import { type MessagesState, messagesFeature } from './messages.feature';

const question = aMessage({ id: 'q1' });
const answer = aMessage({ id: 'a1', parentId: 'q1', role: 'assistant', text: 'Because.' });
const wish = { sessionId: 's1', clientMessageId: 'c1', text: 'And now?', parentId: 'a1', attachmentIds: [] };

const after = (...actions: Action[]): MessagesState =>
  actions.reduce<MessagesState>(
    (state, action) => messagesFeature.reducer(state, action),
    messagesFeature.reducer(undefined, { type: 'begin' }),
  );
const shown = (state: MessagesState): string[] =>
  messagesFeature.selectMessages.projector(state.entities, state.branch).map(({ id, text }) => `${id} ${text}`);

const opened = chatPageActions.opened({ sessionId: 's1', leaf: null });
const loaded = messagesApiActions.loaded({ sessionId: 's1', messages: [answer, question], nextCursor: null });
const asked = chatPageActions.sendAsked({ message: wish });

describe('the conversation', () => {
  it('stands oldest first, although the server lists newest first', () => {
    expect(shown(after(opened, loaded))).toEqual(['q1 Why?', 'a1 Because.']);
  });

  it('does not take in an answer about a session that was left', () => {
    const elsewhere = chatPageActions.opened({ sessionId: 's2', leaf: null });
    expect(shown(after(opened, elsewhere, loaded))).toEqual([]);
  });

  it('puts older pages in front, and nothing twice', () => {
    const older = messagesApiActions.olderLoaded({
      sessionId: 's1',
      messages: [question, aMessage({ id: 'q0', text: 'Hello' })],
      nextCursor: null,
    });
    expect(shown(after(opened, loaded, older))).toEqual(['q0 Hello', 'q1 Why?', 'a1 Because.']);
  });

  it('keeps a message that could not be sent, even when the page is left, until it is sent or thrown away', () => {
    const failed = messagesApiActions.sendFailed({ clientMessageId: 'c1', problem: aProblem(503) });
    const left = after(opened, loaded, asked, failed, chatPageActions.closed(), opened);
    expect(messagesFeature.selectUnsent.projector(left.outgoing, 's1')).toMatchObject([
      { text: 'And now?', status: { problem: { status: 503 } } },
    ]);
    const again = messagesFeature.reducer(left, chatPageActions.resendAsked({ clientMessageId: 'c1' }));
    expect(again.outgoing[0]?.status).toBe('sending');
    expect(
      messagesFeature.reducer(again, chatPageActions.discardAsked({ clientMessageId: 'c1' })).outgoing,
    ).toHaveLength(0);
  });

  it('shows a sent message and its beginning answer in the place of the one on its way', () => {
    const message = aMessage({ id: 'q2', parentId: 'a1', text: 'And now?' });
    const sent = messagesApiActions.sent({ sessionId: 's1', clientMessageId: 'c1', message, answerId: 'a2' });
    const state = after(opened, loaded, asked, sent);
    expect(state.outgoing).toEqual([]);
    expect(shown(state)).toEqual(['q1 Why?', 'a1 Because.', 'q2 And now?', 'a2 ']);
    expect(state.entities['a2']?.status).toBe('streaming');
  });

  it('cuts the branch where an edited message takes the place of the old one', () => {
    const message = aMessage({ id: 'q9', parentId: null, text: 'Why not?' });
    const sent = messagesApiActions.sent({ sessionId: 's1', clientMessageId: 'c1', message, answerId: 'a9' });
    expect(shown(after(opened, loaded, sent))).toEqual(['q9 Why not?', 'a9 ']);
  });

  it('puts another answer beside the first, which is not lost', () => {
    const begun = messagesApiActions.anotherAnswerBegun({ sessionId: 's1', besideId: 'a1', answerId: 'a1b' });
    const state = after(opened, loaded, begun);
    expect(shown(state)).toEqual(['q1 Why?', 'a1b ']);
    expect(state.entities['a1b']?.siblings).toEqual({ index: 1, ids: ['a1', 'a1b'] });
    expect(state.entities['a1']?.text).toBe('Because.');
  });

  it('does not jump back when a list is read while an answer streams', () => {
    const streaming = aMessage({ id: 'a2', parentId: 'q1', role: 'assistant', text: '', status: 'streaming' });
    const list = messagesApiActions.loaded({ sessionId: 's1', messages: [streaming, question], nextCursor: null });
    const text = messageStreamActions.textReceived({ messageId: 'a2', text: 'So far' });
    expect(shown(after(opened, list, text, list))).toEqual(['q1 Why?', 'a2 So far']);
  });

  it('tells a failed answer from a finished one', () => {
    const streaming = aMessage({ id: 'a2', parentId: 'q1', role: 'assistant', text: 'Half', status: 'streaming' });
    const list = messagesApiActions.loaded({ sessionId: 's1', messages: [streaming, question], nextCursor: null });
    const failed = after(opened, list, messageStreamActions.failed({ messageId: 'a2', problem: aProblem(502) }));
    expect(failed.entities['a2']).toMatchObject({ status: 'failed', text: 'Half' });
    expect(failed.problems['a2']?.status).toBe(502);
  });
});
