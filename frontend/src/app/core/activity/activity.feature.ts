import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import type { Problem } from '../problem/problem';
import { type ActivityItem, activityApiActions } from './activity.actions';

/** What goes on by itself, for the tray on every page. */
export interface ActivityState {
  readonly items: readonly ActivityItem[];
  readonly status: 'idle' | 'loaded' | { readonly problem: Problem };
}

const initial: ActivityState = { items: [], status: 'idle' };

export const activityFeature = createFeature({
  name: 'activity',
  reducer: createReducer(
    initial,
    on(activityApiActions.loaded, (_, { items }): ActivityState => ({ items, status: 'loaded' })),
    on(activityApiActions.failed, (state, { problem }): ActivityState => ({ ...state, status: { problem } })),
  ),
  extraSelectors: ({ selectItems }) => ({ selectCount: createSelector(selectItems, (items) => items.length) }),
});
