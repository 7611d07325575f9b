import { createActionGroup, emptyProps, props } from '@ngrx/store';
import type { Activity } from '@yudai/sdk';
import type { Problem } from '../problem/problem';

/** One piece of work that goes on by itself. */
export type ActivityItem = Activity['items'][number];

export const activityApiActions = createActionGroup({
  source: 'Activity API',
  events: {
    Loaded: props<{ items: readonly ActivityItem[] }>(),
    Failed: props<{ problem: Problem }>(),
  },
});

export const activityTrayActions = createActionGroup({
  source: 'Activity Tray',
  events: { Opened: emptyProps() },
});
