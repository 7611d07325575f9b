import { Actions } from '@ngrx/effects';
import type { Action } from '@ngrx/store';
import { Subject } from 'rxjs';
import { authApiActions } from '../auth/auth-api.actions';
import { liveEvent } from './live-event';
import { liveActions } from './live.actions';
import { listen, noticeLongBreak } from './live.effects';
import { liveFeature } from './live.feature';
import type { StreamSignal } from './resumable';

const me = { id: '1', login: 'ada' } as Parameters<typeof authApiActions.meLoaded>[0]['me'];

describe('live events', () => {
  const actions = new Subject<Action>();
  const signals = new Subject<StreamSignal>();

  it('tells connected from reconnected and passes changes on', () => {
    const seen: string[] = [];
    const subscription = listen(new Actions(actions), () => signals).subscribe(({ type }) => seen.push(type));
    actions.next(authApiActions.meLoaded({ me }));
    signals.next({ kind: 'open' });
    signals.next({ kind: 'event', event: { id: '1', event: 'session.changed', data: { sessionId: 's' } } });
    signals.next({ kind: 'event', event: { id: '2', event: 'from.the.future', data: {} } });
    signals.next({ kind: 'lost' });
    signals.next({ kind: 'open' });
    actions.next(authApiActions.signedOut());
    expect(signals.observed).toBe(false);
    expect(seen).toEqual([
      liveActions.connected.type,
      liveActions.sessionChanged.type,
      liveActions.lost.type,
      liveActions.reconnected.type,
    ]);
    subscription.unsubscribe();
  });

  it.each([[null], ['text'], [{ sessionId: 5 }], [{ index: null }]])('is not upset by odd data: %j', (data) => {
    for (const event of [
      'session.changed',
      'message.changed',
      'index.changed',
      'solve.changed',
      'evaluation.changed',
      'permission.changed',
    ]) {
      expect(() => liveEvent({ id: '1', event, data })).not.toThrow();
    }
  });

  it('shows a banner only for a break that lasts', () => {
    vi.useFakeTimers();
    const seen: string[] = [];
    const subscription = noticeLongBreak(new Actions(actions)).subscribe(({ type }) => seen.push(type));
    actions.next(liveActions.lost());
    vi.advanceTimersByTime(5000);
    actions.next(liveActions.reconnected());
    vi.advanceTimersByTime(60_000);
    expect(seen).toEqual([]);
    actions.next(liveActions.lost());
    vi.advanceTimersByTime(9000);
    expect(seen).toEqual([liveActions.lostForLong.type]);
    subscription.unsubscribe();
    vi.useRealTimers();
  });

  it('takes the banner away when the connection is back', () => {
    const states = [
      liveActions.lost(),
      liveActions.lostForLong(),
      liveActions.reconnected(),
      liveActions.lostForLong(),
    ].map(
      (
        (state) => (action: Action) =>
          (state = liveFeature.reducer(state, action)).status
      )(liveFeature.reducer(undefined, { type: 'init' })),
    );
    expect(states).toEqual(['lost', 'lostForLong', 'open', 'open']);
  });
});
