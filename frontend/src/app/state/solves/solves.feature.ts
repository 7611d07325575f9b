import { type EntityState, createEntityAdapter } from '@ngrx/entity';
import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import type { Solve } from '@yudai/sdk';
import type { Problem } from '../../core/problem/problem';
import { without } from '../without';
import { solvesApiActions } from './solves-api.actions';
import { solvesPageActions } from './solves-page.actions';

type Status = 'idle' | 'loading' | 'loadingMore' | 'loaded' | { readonly problem: Problem };

/** The solves of the session being worked in, and every solve opened since. */
export interface SolvesState extends EntityState<Solve> {
  readonly sessionId: string | null;
  readonly listed: readonly string[];
  readonly nextCursor: string | null;
  readonly listStatus: Status;
  readonly starting: false | 'starting' | { readonly problem: Problem };
  /** Why a solve that was asked for cannot be shown, by its id. */
  readonly problems: Readonly<Record<string, Problem>>;
  /** Solves with something on its way that the page must wait for: cancelling, a pull request. */
  readonly busy: readonly string[];
}

const adapter = createEntityAdapter<Solve>();

const initial: SolvesState = adapter.getInitialState({
  sessionId: null,
  listed: [],
  nextCursor: null,
  listStatus: 'idle',
  starting: false,
  problems: {},
  busy: [],
});

const ids = (solves: readonly Solve[]): string[] => solves.map(({ id }) => id);

/** Work goes on, or waits for its turn. */
export const isOpen = ({ status }: Solve): boolean =>
  status === 'queued' || status === 'starting' || status === 'running' || status === 'validating';

/** Open, or paused and to be taken up again: it can be cancelled. */
export const isCancellable = (solve: Solve): boolean => isOpen(solve) || solve.status === 'paused';

const put = (state: SolvesState, solve: Solve): SolvesState => {
  const problems = without(state.problems, solve.id);
  const here = solve.sessionId === state.sessionId && !state.listed.includes(solve.id);
  return {
    ...adapter.upsertOne(solve, state),
    listed: here ? [solve.id, ...state.listed] : state.listed,
    problems,
  };
};

const free = (state: SolvesState, solveId: string): SolvesState => ({
  ...state,
  busy: state.busy.filter((id) => id !== solveId),
});

export const solvesFeature = createFeature({
  name: 'solves',
  reducer: createReducer(
    initial,
    on(solvesPageActions.listAsked, (state, { sessionId }): SolvesState => {
      const same = state.sessionId === sessionId;
      return { ...state, sessionId, listed: same ? state.listed : [], nextCursor: null, listStatus: 'loading' };
    }),
    on(solvesPageActions.moreAsked, (state): SolvesState => ({ ...state, listStatus: 'loadingMore' })),
    on(solvesApiActions.listLoaded, (state, { sessionId, solves, nextCursor }): SolvesState =>
      sessionId === state.sessionId
        ? { ...adapter.upsertMany([...solves], state), listed: ids(solves), nextCursor, listStatus: 'loaded' }
        : state,
    ),
    on(solvesApiActions.moreLoaded, (state, { sessionId, solves, nextCursor }): SolvesState =>
      sessionId === state.sessionId
        ? {
            ...adapter.upsertMany([...solves], state),
            listed: [...new Set([...state.listed, ...ids(solves)])],
            nextCursor,
            listStatus: 'loaded',
          }
        : state,
    ),
    on(solvesApiActions.listFailed, (state, { sessionId, problem }): SolvesState =>
      sessionId === state.sessionId ? { ...state, listStatus: { problem } } : state,
    ),
    on(solvesPageActions.startAsked, (state): SolvesState => ({ ...state, starting: 'starting' })),
    on(solvesApiActions.startFailed, (state, { problem }): SolvesState => ({ ...state, starting: { problem } })),
    on(solvesApiActions.started, (state, { solve }): SolvesState => ({ ...put(state, solve), starting: false })),
    on(
      solvesPageActions.cancelConfirmed,
      solvesPageActions.pullRequestConfirmed,
      (state, { solveId }): SolvesState => ({
        ...state,
        busy: [...state.busy, solveId],
      }),
    ),
    on(solvesApiActions.loaded, (state, { solve }): SolvesState => put(state, solve)),
    on(solvesApiActions.cancelled, (state, { solve }): SolvesState => free(put(state, solve), solve.id)),
    on(solvesApiActions.cancelFailed, solvesApiActions.pullRequestFailed, (state, { solveId }): SolvesState =>
      free(state, solveId),
    ),
    on(solvesApiActions.pullRequestOpened, (state, { solveId, number, url }): SolvesState =>
      free(
        adapter.updateOne({ id: solveId, changes: { pullRequest: { status: 'open', number, url } } }, state),
        solveId,
      ),
    ),
    on(solvesApiActions.loadFailed, (state, { solveId, problem }): SolvesState => ({
      ...state,
      problems: { ...state.problems, [solveId]: problem },
    })),
  ),
  extraSelectors: ({
    selectSolvesState,
    selectEntities,
    selectListed,
    selectListStatus,
    selectNextCursor,
    selectStarting,
  }) => ({
    ...adapter.getSelectors(selectSolvesState),
    selectListView: createSelector(
      selectEntities,
      selectListed,
      selectListStatus,
      selectNextCursor,
      (entities, listed, status, nextCursor) => ({
        solves: listed.map((id) => entities[id]).filter((solve) => solve !== undefined),
        loading: status === 'loading' || status === 'idle',
        loadingMore: status === 'loadingMore',
        problem: typeof status === 'object' ? status.problem : undefined,
        hasMore: nextCursor !== null,
      }),
    ),
    selectStartView: createSelector(selectStarting, (starting) => ({
      busy: starting === 'starting',
      problem: typeof starting === 'object' ? starting.problem : undefined,
    })),
  }),
});
