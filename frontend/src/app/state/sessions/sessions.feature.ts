import { type EntityState, createEntityAdapter } from '@ngrx/entity';
import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import type { Session } from '@yudai/sdk';
import { liveActions } from '../../core/live/live.actions';
import type { Problem } from '../../core/problem/problem';
import { indexStreamActions } from './index-stream.actions';
import { sessionsApiActions } from './sessions-api.actions';
import { type SessionsFilter, sessionsPageActions } from './sessions-page.actions';
import { workspacePageActions } from './workspace-page.actions';

type Status = 'idle' | 'loading' | 'loadingMore' | 'loaded' | { readonly problem: Problem };

/** Every session this browser has seen, the list being shown, and the session being worked in. */
export interface SessionsState extends EntityState<Session> {
  readonly filter: SessionsFilter;
  readonly listed: readonly string[];
  readonly nextCursor: string | null;
  readonly listStatus: Status;
  readonly creating: false | 'creating' | { readonly problem: Problem };
  readonly openId: string | null;
  readonly openStatus: Status;
}

const adapter = createEntityAdapter<Session>();

const initial: SessionsState = adapter.getInitialState({
  filter: { query: '', archived: false },
  listed: [],
  nextCursor: null,
  listStatus: 'idle',
  creating: false,
  openId: null,
  openStatus: 'idle',
});

const problemIn = (status: Status): Problem | undefined => (typeof status === 'object' ? status.problem : undefined);

/** A session stays listed only while it matches the list's archived filter. */
const relist = (state: SessionsState, session: Session): SessionsState => {
  const fits = session.archived === state.filter.archived;
  if (fits === state.listed.includes(session.id)) return state;
  return {
    ...state,
    listed: fits ? [session.id, ...state.listed] : state.listed.filter((id) => id !== session.id),
  };
};

const put = (state: SessionsState, session: Session): SessionsState =>
  relist(adapter.upsertOne(session, state), session);

export const sessionsFeature = createFeature({
  name: 'sessions',
  reducer: createReducer(
    initial,
    on(sessionsPageActions.listAsked, (state, { filter }): SessionsState => {
      const same = filter.query === state.filter.query && filter.archived === state.filter.archived;
      return { ...state, filter, listed: same ? state.listed : [], nextCursor: null, listStatus: 'loading' };
    }),
    on(sessionsPageActions.moreAsked, (state): SessionsState => ({ ...state, listStatus: 'loadingMore' })),
    on(sessionsApiActions.listLoaded, (state, { sessions, nextCursor }): SessionsState => ({
      ...adapter.upsertMany([...sessions], state),
      listed: sessions.map(({ id }) => id),
      nextCursor,
      listStatus: 'loaded',
    })),
    on(sessionsApiActions.moreLoaded, (state, { sessions, nextCursor }): SessionsState => ({
      ...adapter.upsertMany([...sessions], state),
      listed: [...new Set([...state.listed, ...sessions.map(({ id }) => id)])],
      nextCursor,
      listStatus: 'loaded',
    })),
    on(sessionsApiActions.listFailed, (state, { problem }): SessionsState => ({ ...state, listStatus: { problem } })),

    on(sessionsPageActions.createAsked, (state): SessionsState => ({ ...state, creating: 'creating' })),
    on(sessionsApiActions.created, (state, { session }): SessionsState => ({
      ...put(state, session),
      creating: false,
    })),
    on(sessionsApiActions.createFailed, (state, { problem }): SessionsState => ({ ...state, creating: { problem } })),

    on(workspacePageActions.opened, workspacePageActions.retryAsked, (state, { sessionId }): SessionsState => ({
      ...state,
      openId: sessionId,
      openStatus: state.entities[sessionId] ? 'loaded' : 'loading',
    })),
    on(workspacePageActions.closed, (state): SessionsState => ({ ...state, openId: null, openStatus: 'idle' })),
    on(sessionsApiActions.sessionLoaded, (state, { session }): SessionsState => {
      const known = adapter.upsertOne(session, state);
      return session.id === state.openId ? { ...known, openStatus: 'loaded' } : known;
    }),
    on(sessionsApiActions.sessionFailed, (state, { sessionId, problem }): SessionsState => {
      const gone = problem.status === 404 || problem.status === 403;
      const left = gone ? adapter.removeOne(sessionId, state) : state;
      const listed = gone ? state.listed.filter((id) => id !== sessionId) : state.listed;
      const shown = sessionId === state.openId && (gone || !state.entities[sessionId]);
      return { ...left, listed, openStatus: shown ? { problem } : state.openStatus };
    }),

    on(sessionsPageActions.renameAsked, workspacePageActions.renameAsked, (state, { session, title }): SessionsState =>
      put(state, { ...session, title }),
    ),
    on(
      sessionsPageActions.archiveAsked,
      workspacePageActions.archiveAsked,
      (state, { session, archived }): SessionsState => put(state, { ...session, archived }),
    ),
    on(sessionsApiActions.updated, (state, { session }): SessionsState => put(state, session)),
    on(sessionsApiActions.updateRefused, (state, { before }): SessionsState => put(state, before)),
    on(sessionsApiActions.deleted, (state, { sessionId }): SessionsState => ({
      ...adapter.removeOne(sessionId, state),
      listed: state.listed.filter((id) => id !== sessionId),
    })),

    on(liveActions.indexChanged, indexStreamActions.told, (state, { sessionId, index }): SessionsState =>
      adapter.updateOne({ id: sessionId, changes: { index } }, state),
    ),
  ),
  extraSelectors: ({
    selectSessionsState,
    selectEntities,
    selectListed,
    selectListStatus,
    selectOpenId,
    selectOpenStatus,
    selectCreating,
    selectFilter,
    selectNextCursor,
  }) => ({
    ...adapter.getSelectors(selectSessionsState),
    selectListView: createSelector(
      selectEntities,
      selectListed,
      selectListStatus,
      selectFilter,
      selectNextCursor,
      (entities, listed, status, filter, nextCursor) => ({
        sessions: listed.map((id) => entities[id]).filter((session) => session !== undefined),
        loading: status === 'loading' || status === 'idle',
        loadingMore: status === 'loadingMore',
        problem: problemIn(status),
        filtered: filter.query !== '' || filter.archived,
        hasMore: nextCursor !== null,
      }),
    ),
    selectCreateView: createSelector(selectCreating, (creating) => ({
      busy: creating === 'creating',
      problem: typeof creating === 'object' ? creating.problem : undefined,
    })),
    selectOpen: createSelector(selectEntities, selectOpenId, (entities, id) => (id ? entities[id] : undefined)),
    /** The id of the open session while its branch is being read, or waits for that. */
    selectIndexing: createSelector(selectEntities, selectOpenId, (entities, id) => {
      const status = id ? entities[id]?.index.status : undefined;
      return status === 'queued' || status === 'running' ? id : null;
    }),
    selectOpenProblem: createSelector(selectOpenStatus, problemIn),
    selectMayEdit: createSelector(selectEntities, selectOpenId, (entities, id) => {
      const role = id ? entities[id]?.role : undefined;
      return role === 'owner' || role === 'editor';
    }),
  }),
});
