import { type EntityState, createEntityAdapter } from '@ngrx/entity';
import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import type { Issue } from '@yudai/sdk';
import type { Problem } from '../../core/problem/problem';
import { without } from '../without';
import { issuesApiActions } from './issues-api.actions';
import { issuesPageActions } from './issues-page.actions';

type Status = 'idle' | 'loading' | 'loadingMore' | 'loaded' | { readonly problem: Problem };

/** The issues of the session being worked in, and every issue opened since. */
export interface IssuesState extends EntityState<Issue> {
  readonly sessionId: string | null;
  readonly listed: readonly string[];
  readonly nextCursor: string | null;
  readonly listStatus: Status;
  readonly creating: false | 'creating' | { readonly problem: Problem };
  /** Why an issue that was asked for cannot be shown, by its id. */
  readonly problems: Readonly<Record<string, Problem>>;
  /** Issues with a change on its way that the page must wait for: publishing, redrafting, restoring. */
  readonly busy: readonly string[];
}

const adapter = createEntityAdapter<Issue>();

const initial: IssuesState = adapter.getInitialState({
  sessionId: null,
  listed: [],
  nextCursor: null,
  listStatus: 'idle',
  creating: false,
  problems: {},
  busy: [],
});

const ids = (issues: readonly Issue[]): string[] => issues.map(({ id }) => id);

/** An answer that was overtaken by a newer one is left aside. */
const newest = (state: IssuesState, issue: Issue): Issue => {
  const known = state.entities[issue.id];
  return known && known.revision > issue.revision ? known : issue;
};

const put = (state: IssuesState, issue: Issue): IssuesState => {
  const problems = without(state.problems, issue.id);
  return { ...adapter.upsertOne(newest(state, issue), state), problems };
};

const free = (state: IssuesState, issueId: string): IssuesState => ({
  ...state,
  busy: state.busy.filter((id) => id !== issueId),
});

export const issuesFeature = createFeature({
  name: 'issues',
  reducer: createReducer(
    initial,
    on(issuesPageActions.listAsked, (state, { sessionId }): IssuesState => {
      const same = state.sessionId === sessionId;
      return { ...state, sessionId, listed: same ? state.listed : [], nextCursor: null, listStatus: 'loading' };
    }),
    on(issuesPageActions.moreAsked, (state): IssuesState => ({ ...state, listStatus: 'loadingMore' })),
    on(issuesApiActions.listLoaded, (state, { sessionId, issues, nextCursor }): IssuesState =>
      sessionId === state.sessionId
        ? { ...adapter.upsertMany([...issues], state), listed: ids(issues), nextCursor, listStatus: 'loaded' }
        : state,
    ),
    on(issuesApiActions.moreLoaded, (state, { sessionId, issues, nextCursor }): IssuesState =>
      sessionId === state.sessionId
        ? {
            ...adapter.upsertMany([...issues], state),
            listed: [...new Set([...state.listed, ...ids(issues)])],
            nextCursor,
            listStatus: 'loaded',
          }
        : state,
    ),
    on(issuesApiActions.listFailed, (state, { sessionId, problem }): IssuesState =>
      sessionId === state.sessionId ? { ...state, listStatus: { problem } } : state,
    ),

    on(issuesPageActions.createAsked, (state): IssuesState => ({ ...state, creating: 'creating' })),
    on(issuesApiActions.createFailed, (state, { problem }): IssuesState => ({ ...state, creating: { problem } })),
    on(issuesApiActions.created, (state, { issue }): IssuesState => ({
      ...put(state, issue),
      creating: false,
      listed: issue.sessionId === state.sessionId ? [...new Set([issue.id, ...state.listed])] : state.listed,
    })),

    on(
      issuesPageActions.publishConfirmed,
      issuesPageActions.redraftAsked,
      issuesPageActions.restoreAsked,
      (state, { issueId }): IssuesState => ({ ...state, busy: [...state.busy, issueId] }),
    ),
    on(issuesApiActions.loaded, (state, { issue }): IssuesState => free(put(state, issue), issue.id)),
    on(issuesApiActions.saved, (state, { issue }): IssuesState => put(state, issue)),
    on(issuesApiActions.changeFailed, (state, { issueId }): IssuesState => free(state, issueId)),
    on(issuesApiActions.loadFailed, (state, { issueId, problem }): IssuesState => {
      const gone = problem.status === 404;
      const left = gone ? adapter.removeOne(issueId, state) : state;
      const listed = gone ? state.listed.filter((id) => id !== issueId) : state.listed;
      return { ...left, listed, problems: { ...state.problems, [issueId]: problem } };
    }),
    on(issuesApiActions.deleted, (state, { issue }): IssuesState => ({
      ...adapter.removeOne(issue.id, state),
      listed: state.listed.filter((id) => id !== issue.id),
    })),
  ),
  extraSelectors: ({
    selectIssuesState,
    selectEntities,
    selectListed,
    selectListStatus,
    selectNextCursor,
    selectCreating,
  }) => ({
    ...adapter.getSelectors(selectIssuesState),
    selectListView: createSelector(
      selectEntities,
      selectListed,
      selectListStatus,
      selectNextCursor,
      (entities, listed, status, nextCursor) => ({
        issues: listed.map((id) => entities[id]).filter((issue) => issue !== undefined),
        loading: status === 'loading' || status === 'idle',
        loadingMore: status === 'loadingMore',
        problem: typeof status === 'object' ? status.problem : undefined,
        hasMore: nextCursor !== null,
      }),
    ),
    selectCreateView: createSelector(selectCreating, (creating) => ({
      busy: creating === 'creating',
      problem: typeof creating === 'object' ? creating.problem : undefined,
    })),
  }),
});
