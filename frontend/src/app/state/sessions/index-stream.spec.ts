import { TestBed } from '@angular/core/testing';
import { type Action, Store, provideState, provideStore } from '@ngrx/store';
import type { IndexState } from '@yudai/sdk';
import { Subject, type Subscription } from 'rxjs';
import { aSession, anIndex } from '../../../testing/samples';
import type { StreamSignal } from '../../core/live/resumable';
import { followIndex } from './index-stream.effects';
import { sessionsApiActions } from './sessions-api.actions';
import { sessionsFeature } from './sessions.feature';
import { workspacePageActions } from './workspace-page.actions';

const session = aSession({ id: 's1' });
const waiting = { ...session, index: anIndex({ status: 'queued', filesTotal: 0, filesIndexed: 0 }) };

describe('the index of the session that is open', () => {
  let signals: Subject<StreamSignal>;
  let following: Subscription;
  const opened = vi.fn(() => signals);
  const tell = (change: Partial<IndexState>): void =>
    signals.next({ kind: 'event', event: { id: '1-1', event: 'index', data: anIndex(change) } });
  const dispatch = (...actions: Action[]): void => actions.forEach((action) => TestBed.inject(Store).dispatch(action));
  const shown = (): IndexState | undefined => TestBed.inject(Store).selectSignal(sessionsFeature.selectOpen)()?.index;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideStore(), provideState(sessionsFeature)] });
    const store = TestBed.inject(Store);
    signals = new Subject();
    opened.mockClear();
    following = followIndex(store, opened).subscribe((action) => store.dispatch(action));
    store.dispatch(workspacePageActions.opened({ sessionId: 's1' }));
  });
  afterEach(() => following.unsubscribe());

  it('moves as the worker reads, until it is ready', () => {
    dispatch(sessionsApiActions.sessionLoaded({ session: waiting }));
    tell({ status: 'running', filesTotal: 2_400, filesIndexed: 100, filesPerSecond: 40, etaSeconds: 58 });
    expect(shown()).toMatchObject({ status: 'running', filesTotal: 2_400, filesIndexed: 100, etaSeconds: 58 });
    tell({ status: 'running', filesTotal: 2_400, filesIndexed: 300 });
    expect(shown()?.filesIndexed).toBe(300);
    tell({ status: 'ready', filesIndexed: 2_400 });
    expect(shown()?.status).toBe('ready');
    expect(signals.observed).toBe(false);
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('is not followed where nothing is read, nor when the page is left', () => {
    dispatch(sessionsApiActions.sessionLoaded({ session: { ...session, index: anIndex({ status: 'ready' }) } }));
    expect(opened).not.toHaveBeenCalled();
    dispatch(sessionsApiActions.sessionLoaded({ session: waiting }));
    expect(signals.observed).toBe(true);
    dispatch(workspacePageActions.closed({ sessionId: 's1' }));
    expect(signals.observed).toBe(false);
  });
});
