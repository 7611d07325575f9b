import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import { liveActions } from './live.actions';

/** Whether the page hears of changes by itself. */
export interface LiveState {
  readonly status: 'connecting' | 'open' | 'lost' | 'lostForLong';
}

const initial: LiveState = { status: 'connecting' };

export const liveFeature = createFeature({
  name: 'live',
  reducer: createReducer(
    initial,
    on(liveActions.connected, liveActions.reconnected, (): LiveState => ({ status: 'open' })),
    on(liveActions.lost, (): LiveState => ({ status: 'lost' })),
    on(liveActions.lostForLong, (state): LiveState => (state.status === 'lost' ? { status: 'lostForLong' } : state)),
  ),
  extraSelectors: ({ selectStatus }) => ({
    selectBanner: createSelector(selectStatus, (status) => status === 'lostForLong'),
  }),
});
