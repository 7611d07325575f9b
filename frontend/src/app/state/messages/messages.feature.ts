import { type EntityState, createEntityAdapter } from '@ngrx/entity';
import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import type { Message } from '@yudai/sdk';
import type { Problem } from '../../core/problem/problem';
import { answerTo, anotherAnswer, branchTo } from './branches';
import { chatPageActions } from './chat-page.actions';
import { messageStreamActions } from './message-stream.actions';
import { messagesApiActions } from './messages-api.actions';
import type { Outgoing } from './outgoing';

/** The conversation being shown: one branch of its tree, and what is on its way into it. */
export interface MessagesState extends EntityState<Message> {
  readonly sessionId: string | null;
  /** The leaf that the address names; nothing for the session's own current branch. */
  readonly leaf: string | null;
  /** Ids of the branch shown, oldest first. */
  readonly branch: readonly string[];
  readonly olderCursor: string | null;
  readonly status: 'idle' | 'loading' | 'loadingOlder' | 'loaded' | { readonly problem: Problem };
  readonly outgoing: readonly Outgoing[];
  /** Why an answer failed, by its id. */
  readonly problems: Readonly<Record<string, Problem>>;
}

const adapter = createEntityAdapter<Message>();

const initial: MessagesState = adapter.getInitialState({
  sessionId: null,
  leaf: null,
  branch: [],
  olderCursor: null,
  status: 'idle',
  outgoing: [],
  problems: {},
});

/** An answer that is being streamed here is further along than what a list knows of it. */
const fresher = (state: MessagesState, message: Message): Message => {
  const known = state.entities[message.id];
  const streaming = known?.status === 'streaming' && message.status === 'streaming';
  return streaming && known.text.length > message.text.length ? { ...message, text: known.text } : message;
};

const putAll = (state: MessagesState, messages: readonly Message[]): MessagesState =>
  adapter.upsertMany(
    messages.map((message) => fresher(state, message)),
    state,
  );

const oldestFirst = (messages: readonly Message[]): string[] => messages.map(({ id }) => id).reverse();

const setStatus = (state: MessagesState, clientMessageId: string, status: Outgoing['status']): MessagesState => ({
  ...state,
  outgoing: state.outgoing.map((each) => (each.clientMessageId === clientMessageId ? { ...each, status } : each)),
});

export const messagesFeature = createFeature({
  name: 'messages',
  reducer: createReducer(
    initial,
    on(chatPageActions.opened, (state, { sessionId, leaf }): MessagesState => {
      const same = state.sessionId === sessionId;
      return { ...(same ? state : { ...initial, outgoing: state.outgoing }), sessionId, leaf, status: 'loading' };
    }),
    on(chatPageActions.closed, (state): MessagesState => ({ ...initial, outgoing: state.outgoing })),
    on(chatPageActions.reloadAsked, (state): MessagesState => ({ ...state, status: 'loading' })),
    on(chatPageActions.olderAsked, (state): MessagesState => ({ ...state, status: 'loadingOlder' })),
    on(messagesApiActions.loaded, (state, { sessionId, messages, nextCursor }): MessagesState =>
      sessionId !== state.sessionId
        ? state
        : { ...putAll(state, messages), branch: oldestFirst(messages), olderCursor: nextCursor, status: 'loaded' },
    ),
    on(messagesApiActions.olderLoaded, (state, { sessionId, messages, nextCursor }): MessagesState =>
      sessionId !== state.sessionId
        ? state
        : {
            ...putAll(state, messages),
            branch: [...new Set([...oldestFirst(messages), ...state.branch])],
            olderCursor: nextCursor,
            status: 'loaded',
          },
    ),
    on(messagesApiActions.failed, messagesApiActions.olderFailed, (state, { problem }): MessagesState => ({
      ...state,
      status: { problem },
    })),

    on(chatPageActions.sendAsked, (state, { message }): MessagesState => ({
      ...state,
      outgoing: [...state.outgoing, { ...message, status: 'sending' }],
    })),
    on(chatPageActions.resendAsked, (state, { clientMessageId }): MessagesState =>
      setStatus(state, clientMessageId, 'sending'),
    ),
    on(messagesApiActions.sendFailed, (state, { clientMessageId, problem }): MessagesState =>
      setStatus(state, clientMessageId, { problem }),
    ),
    on(chatPageActions.discardAsked, (state, { clientMessageId }): MessagesState => ({
      ...state,
      outgoing: state.outgoing.filter((each) => each.clientMessageId !== clientMessageId),
    })),
    on(messagesApiActions.sent, (state, { sessionId, clientMessageId, message, answerId }): MessagesState => {
      const outgoing = state.outgoing.filter((each) => each.clientMessageId !== clientMessageId);
      if (sessionId !== state.sessionId) return { ...state, outgoing };
      const answer = state.entities[answerId] ?? answerTo(message, answerId);
      const branch = [...branchTo(state.branch, message.parentId), message.id, answerId];
      return { ...putAll({ ...state, outgoing }, [message, answer]), branch };
    }),
    on(messagesApiActions.anotherAnswerBegun, (state, { sessionId, besideId, answerId }): MessagesState => {
      const beside = state.entities[besideId];
      if (sessionId !== state.sessionId || !beside) return state;
      const branch = [...branchTo(state.branch, beside.parentId), answerId];
      return { ...putAll(state, [anotherAnswer(beside, answerId)]), branch };
    }),

    on(messageStreamActions.started, (state, { messageId }): MessagesState =>
      adapter.updateOne({ id: messageId, changes: { text: '' } }, state),
    ),
    on(messageStreamActions.textReceived, (state, { messageId, text }): MessagesState => {
      const known = state.entities[messageId];
      return known ? adapter.updateOne({ id: messageId, changes: { text: known.text + text } }, state) : state;
    }),
    on(messageStreamActions.contextReceived, (state, { messageId, retrieval }): MessagesState =>
      adapter.updateOne({ id: messageId, changes: { retrieval } }, state),
    ),
    on(messageStreamActions.finished, (state, { message }): MessagesState =>
      state.entities[message.id]
        ? adapter.updateOne(
            {
              id: message.id,
              changes: { ...message, siblings: message.siblings ?? state.entities[message.id]?.siblings },
            },
            state,
          )
        : state,
    ),
    on(messageStreamActions.failed, (state, { messageId, problem }): MessagesState => ({
      ...adapter.updateOne({ id: messageId, changes: { status: 'failed' } }, state),
      problems: { ...state.problems, [messageId]: problem },
    })),
  ),
  extraSelectors: ({
    selectEntities,
    selectBranch,
    selectStatus,
    selectOutgoing,
    selectSessionId,
    selectOlderCursor,
  }) => {
    const selectMessages = createSelector(selectEntities, selectBranch, (entities, branch) =>
      branch.map((id) => entities[id]).filter((message) => message !== undefined),
    );
    return {
      selectMessages,
      selectLeafId: createSelector(selectBranch, (branch) => branch.at(-1) ?? null),
      selectStreaming: createSelector(selectMessages, (messages) =>
        messages.findLast(({ status }) => status === 'streaming'),
      ),
      selectUnsent: createSelector(selectOutgoing, selectSessionId, (outgoing, sessionId) =>
        outgoing.filter((each) => each.sessionId === sessionId),
      ),
      selectView: createSelector(selectStatus, selectBranch, selectOlderCursor, (status, branch, olderCursor) => ({
        loading: branch.length === 0 && (status === 'loading' || status === 'idle'),
        problem: typeof status === 'object' ? status.problem : undefined,
        hasOlder: olderCursor !== null,
        loadingOlder: status === 'loadingOlder',
      })),
    };
  },
});
