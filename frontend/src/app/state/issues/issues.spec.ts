import { TestBed } from '@angular/core/testing';
import { Actions } from '@ngrx/effects';
import { type Action, Store, provideState, provideStore } from '@ngrx/store';
import type { Issue, getIssue, updateIssue } from '@yudai/sdk';
import { Subject } from 'rxjs';
import { aProblem, anIssue } from '../../../testing/samples';
import { liveActions } from '../../core/live/live.actions';
import { ProblemError } from '../../core/problem/problem';
import { issuesApiActions } from './issues-api.actions';
import { issuesPageActions } from './issues-page.actions';
import { load, save } from './issues.effects';
import { type IssuesState, issuesFeature } from './issues.feature';

const after = (...actions: Action[]): IssuesState =>
  actions.reduce<IssuesState>(
    (state, action) => issuesFeature.reducer(state, action),
    issuesFeature.reducer(undefined, { type: 'begin' }),
  );
const asked = issuesPageActions.listAsked({ sessionId: 's1' });
const listed = issuesApiActions.listLoaded({ sessionId: 's1', issues: [anIssue()], nextCursor: null });

describe('issues', () => {
  it('keeps the newer text when an older answer comes late', () => {
    const newer = issuesApiActions.saved({ issue: anIssue({ revision: 5, title: 'Newer' }), changes: {} });
    const late = issuesApiActions.loaded({ issue: anIssue({ revision: 4, title: 'Older' }) });
    expect(after(asked, listed, newer, late).entities['i1']?.title).toBe('Newer');
  });

  it('does not mix the list of a session that was left into another', () => {
    const elsewhere = issuesPageActions.listAsked({ sessionId: 's2' });
    expect(after(asked, elsewhere, listed).listed).toEqual([]);
  });

  it('waits for publishing until the server has answered, yes or no', () => {
    const publishing = after(asked, listed, issuesPageActions.publishConfirmed({ issueId: 'i1' }));
    expect(publishing.busy).toEqual(['i1']);
    const refused = issuesApiActions.changeFailed({ issueId: 'i1', problem: aProblem(403) });
    expect(issuesFeature.reducer(publishing, refused).busy).toEqual([]);
    const done = issuesApiActions.loaded({ issue: anIssue({ status: 'published', githubNumber: 7 }) });
    expect(issuesFeature.reducer(publishing, done).busy).toEqual([]);
  });

  it('says that a deleted draft is gone, and no longer lists it', () => {
    const gone = after(asked, listed, issuesApiActions.loadFailed({ issueId: 'i1', problem: aProblem(404) }));
    expect([gone.listed, gone.problems['i1']?.status]).toEqual([[], 404]);
    const back = issuesFeature.reducer(gone, issuesApiActions.loaded({ issue: anIssue() }));
    expect(back.problems).toEqual({});
  });

  it('puts a new draft on top, once', () => {
    const created = issuesApiActions.created({ issue: anIssue({ id: 'i2', status: 'drafting' }) });
    expect(after(asked, listed, created, created).listed).toEqual(['i2', 'i1']);
  });

  it('saves words one after the other, so that the last ones win', async () => {
    const answers: ((saved: { data: Issue }) => void)[] = [];
    const bodies: (string | undefined)[] = [];
    const patch = ({ body }: { body: { title?: string } }) => {
      bodies.push(body.title);
      return new Promise((resolve) => answers.push(resolve));
    };
    const actions = new Subject<Action>();
    save(new Actions(actions), patch as unknown as typeof updateIssue).subscribe();
    actions.next(issuesPageActions.saveAsked({ issueId: 'i1', changes: { title: 'a' } }));
    actions.next(issuesPageActions.saveAsked({ issueId: 'i1', changes: { title: 'ab' } }));
    expect(bodies).toEqual(['a']);
    answers[0]?.({ data: anIssue({ title: 'a' }) });
    await vi.waitFor(() => expect(bodies).toEqual(['a', 'ab']));
  });

  it('gives the words back when they could not be saved', async () => {
    const patch = () => Promise.reject(new ProblemError(aProblem(409, 'issues.stale')));
    const actions = new Subject<Action>();
    const seen: Action[] = [];
    save(new Actions(actions), patch).subscribe((action) => seen.push(action));
    actions.next(issuesPageActions.saveAsked({ issueId: 'i1', changes: { title: 'mine' } }));
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    expect(seen[0]).toMatchObject({ changes: { title: 'mine' }, problem: { code: 'issues.stale' } });
  });

  it('reads an issue that changed elsewhere if it shows it, and no other', () => {
    TestBed.configureTestingModule({ providers: [provideStore(), provideState(issuesFeature)] });
    const store = TestBed.inject(Store);
    const get = vi.fn(() => new Promise(() => undefined));
    const actions = new Subject<Action>();
    load(new Actions(actions), store, get as unknown as typeof getIssue).subscribe();
    store.dispatch(asked);
    actions.next(liveActions.issueChanged({ sessionId: 's2', issueId: 'i9' }));
    expect(get).not.toHaveBeenCalled();
    actions.next(liveActions.issueChanged({ sessionId: 's1', issueId: 'i1' }));
    expect(get).toHaveBeenCalledTimes(1);
  });
});
