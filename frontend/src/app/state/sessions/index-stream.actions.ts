import { createActionGroup, props } from '@ngrx/store';
import type { IndexState } from '@yudai/sdk';

/** What the stream of one index tells, more often than once a second while a worker reads. */
export const indexStreamActions = createActionGroup({
  source: 'Index Stream',
  events: {
    Told: props<{ sessionId: string; index: IndexState }>(),
  },
});
