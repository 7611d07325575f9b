import { TestBed } from '@angular/core/testing';
import { Actions } from '@ngrx/effects';
import { type Action, Store, provideState, provideStore } from '@ngrx/store';
import type { Solve, getSolve, startSolve } from '@yudai/sdk';
import { Subject } from 'rxjs';
import { aProblem, aSolve } from '../../../testing/samples';
import { liveActions } from '../../core/live/live.actions';
import { solvesApiActions } from './solves-api.actions';
import { load, start } from './solves.effects';
import { type SolvesState, isCancellable, isOpen, solvesFeature } from './solves.feature';
import { solvesPageActions } from './solves-page.actions';

const after = (...actions: Action[]): SolvesState =>
  actions.reduce<SolvesState>(
    (state, action) => solvesFeature.reducer(state, action),
    solvesFeature.reducer(undefined, { type: 'begin' }),
  );
const asked = solvesPageActions.listAsked({ sessionId: 's1' });
const listed = solvesApiActions.listLoaded({ sessionId: 's1', solves: [aSolve()], nextCursor: null });

describe('solves', () => {
  it('lists a solve that was started elsewhere as soon as it is known', () => {
    const other = solvesApiActions.loaded({ solve: aSolve({ id: 'v2' }) });
    expect(after(asked, listed, other).listed).toEqual(['v2', 'v1']);
    const elsewhere = solvesApiActions.loaded({ solve: aSolve({ id: 'v3', sessionId: 's2' }) });
    expect(after(asked, listed, elsewhere).listed).toEqual(['v1']);
  });

  it('waits for a cancellation until the server has answered, yes or no', () => {
    const cancelling = after(asked, listed, solvesPageActions.cancelConfirmed({ solveId: 'v1' }));
    expect(cancelling.busy).toEqual(['v1']);
    const refused = solvesApiActions.cancelFailed({ solveId: 'v1', problem: aProblem(403) });
    expect(solvesFeature.reducer(cancelling, refused).busy).toEqual([]);
    const done = solvesApiActions.cancelled({ solve: aSolve({ status: 'cancelled' }) });
    expect(solvesFeature.reducer(cancelling, done)).toMatchObject({
      busy: [],
      entities: { v1: { status: 'cancelled' } },
    });
  });

  it('shows the pull request as soon as GitHub has it', () => {
    const opened = solvesApiActions.pullRequestOpened({ solveId: 'v1', number: 7, url: 'http://forge/7' });
    const state = after(asked, listed, solvesPageActions.pullRequestConfirmed({ solveId: 'v1', wish: {} }), opened);
    expect(state.entities['v1']?.pullRequest).toEqual({ status: 'open', number: 7, url: 'http://forge/7' });
    expect(state.busy).toEqual([]);
  });

  it('offers to cancel what goes on or is paused, and nothing that has ended', () => {
    const statuses = 'queued starting running paused validating completed unverified failed cancelled'.split(' ');
    const having = (test: (solve: Solve) => boolean): string[] =>
      statuses.filter((status) => test(aSolve({ status: status as Solve['status'] })));
    expect(having(isOpen)).toEqual(['queued', 'starting', 'running', 'validating']);
    expect(having(isCancellable)).toEqual(['queued', 'starting', 'running', 'paused', 'validating']);
  });

  it('starts one solve, however often the button is pressed', () => {
    const post = vi.fn(() => new Promise(() => undefined));
    const actions = new Subject<Action>();
    start(new Actions(actions), post as unknown as typeof startSolve).subscribe();
    actions.next(solvesPageActions.startAsked({ issueId: 'i1', wish: {} }));
    actions.next(solvesPageActions.startAsked({ issueId: 'i1', wish: {} }));
    expect(post).toHaveBeenCalledTimes(1);
  });

  it('reads a solve again when its pull request failed: the server knows how far it got', () => {
    TestBed.configureTestingModule({ providers: [provideStore(), provideState(solvesFeature)] });
    const get = vi.fn(() => new Promise(() => undefined));
    const actions = new Subject<Action>();
    load(new Actions(actions), TestBed.inject(Store), get as unknown as typeof getSolve).subscribe();
    actions.next(liveActions.solveChanged({ sessionId: 's9', solveId: 'v9', status: 'running' }));
    expect(get).not.toHaveBeenCalled();
    actions.next(solvesApiActions.pullRequestFailed({ solveId: 'v1', problem: aProblem(502) }));
    expect(get).toHaveBeenCalledTimes(1);
  });
});
