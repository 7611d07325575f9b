import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideMockActions } from '@ngrx/effects/testing';
import { type Action, Store, provideState, provideStore } from '@ngrx/store';
import { Subject } from 'rxjs';
import { aProblem, anIssue } from '../../../../../testing/samples';
import { issuesApiActions } from '../../../../state/issues/issues-api.actions';
import { issuesPageActions } from '../../../../state/issues/issues-page.actions';
import { issuesFeature } from '../../../../state/issues/issues.feature';
import { DraftStore } from './draft.store';

describe('a draft being written', () => {
  let actions: Subject<Action>;
  let sent: Action[];

  const begin = () => {
    const draft = TestBed.inject(DraftStore);
    TestBed.runInInjectionContext(() => draft.open(signal('i1')));
    TestBed.tick();
    return draft;
  };
  const answer = (action: Action): void => {
    TestBed.inject(Store).dispatch(action);
    actions.next(action);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    actions = new Subject();
    TestBed.configureTestingModule({
      providers: [DraftStore, provideStore(), provideState(issuesFeature), provideMockActions(() => actions)],
    });
    const store = TestBed.inject(Store);
    store.dispatch(issuesApiActions.loaded({ issue: anIssue() }));
    sent = [];
    vi.spyOn(store, 'dispatch').mockImplementation(((action: Action) => {
      if (action.type === issuesPageActions.saveAsked.type || action.type === issuesPageActions.opened.type)
        sent.push(action);
      else Store.prototype.dispatch.call(store, action as never);
      return undefined;
    }) as typeof store.dispatch);
  });
  afterEach(() => vi.useRealTimers());

  it('is saved once the keys rest, with the revision it was written on', () => {
    const draft = begin();
    draft.edit({ title: 'A' });
    draft.edit({ title: 'AB' });
    expect([draft.saveState(), sent]).toEqual(['unsaved', []]);
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([issuesPageActions.saveAsked({ issueId: 'i1', changes: { title: 'AB', revision: 1 } })]);
    answer(issuesApiActions.saved({ issue: anIssue({ title: 'AB', revision: 2 }), changes: { title: 'AB' } }));
    expect(draft.saveState()).toBe('saved');
  });

  it('keeps what is written while words are on their way, and saves it next', () => {
    const draft = begin();
    draft.edit({ title: 'A' });
    vi.advanceTimersByTime(1000);
    draft.edit({ title: 'AB' });
    answer(issuesApiActions.saved({ issue: anIssue({ title: 'A', revision: 2 }), changes: { title: 'A' } }));
    expect(draft.words()?.title).toBe('AB');
    vi.advanceTimersByTime(1000);
    expect(sent.at(-1)).toEqual(issuesPageActions.saveAsked({ issueId: 'i1', changes: { title: 'AB', revision: 2 } }));
  });

  it("writes over nobody's edit without being told to", () => {
    const draft = begin();
    draft.edit({ title: 'Mine' });
    vi.advanceTimersByTime(1000);
    answer(
      issuesApiActions.saveFailed({
        issueId: 'i1',
        changes: { title: 'Mine' },
        problem: aProblem(409, 'issues.stale'),
      }),
    );
    answer(issuesApiActions.loaded({ issue: anIssue({ title: 'Theirs', revision: 7 }) }));
    vi.advanceTimersByTime(5000);
    expect([draft.saveState(), draft.words()?.title]).toEqual(['overtaken', 'Mine']);
    draft.keepMine();
    expect(sent.at(-1)).toEqual(
      issuesPageActions.saveAsked({ issueId: 'i1', changes: { title: 'Mine', revision: 7 } }),
    );
  });

  it('is saved when the page is left before the keys have rested', () => {
    const draft = begin();
    draft.edit({ body: 'Last words' });
    draft.saveLast();
    expect(sent).toEqual([
      issuesPageActions.saveAsked({ issueId: 'i1', changes: { body: 'Last words', revision: 1 } }),
    ]);
  });

  it('does not send a draft without a title', () => {
    const draft = begin();
    draft.edit({ title: '' });
    vi.advanceTimersByTime(5000);
    expect([draft.saveState(), sent]).toEqual(['untitled', []]);
  });

  it('keeps the words when the server fails, and can try again', () => {
    const draft = begin();
    draft.edit({ title: 'Mine' });
    vi.advanceTimersByTime(1000);
    answer(issuesApiActions.saveFailed({ issueId: 'i1', changes: { title: 'Mine' }, problem: aProblem(503) }));
    expect([draft.saveState(), draft.words()?.title]).toEqual(['failed', 'Mine']);
    draft.save();
    expect(sent).toHaveLength(2);
  });
});
