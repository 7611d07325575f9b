import { createActionGroup, emptyProps, props } from '@ngrx/store';
import type { IndexState } from '@yudai/sdk';

/** What the server tells this browser by itself, over its one stream. Each is a hint: the state is read from the API. */
export const liveActions = createActionGroup({
  source: 'Live Events',
  events: {
    'Session Changed': props<{ sessionId: string }>(),
    'Message Changed': props<{ sessionId: string; messageId: string }>(),
    'Index Changed': props<{ sessionId: string; index: IndexState }>(),
    'Issue Changed': props<{ sessionId: string; issueId: string }>(),
    'Solve Changed': props<{ sessionId: string; solveId: string; status: string }>(),
    'Evaluation Changed': props<{ sessionId: string; evaluationId: string }>(),
    'Activity Changed': emptyProps(),
    'Permission Changed': props<{ owner: string; repo: string }>(),
    Connected: emptyProps(),
    /** Connected again after a break: whatever was missed is replayed, older pages read anew. */
    Reconnected: emptyProps(),
    Lost: emptyProps(),
    /** The break has lasted: now it is worth a banner. */
    'Lost For Long': emptyProps(),
  },
});
