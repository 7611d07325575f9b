import { createActionGroup, props } from '@ngrx/store';
import type { Session } from '@yudai/sdk';
import type { Problem } from '../../core/problem/problem';

/** What the server answers about sessions. */
export const sessionsApiActions = createActionGroup({
  source: 'Sessions API',
  events: {
    'List Loaded': props<{ sessions: readonly Session[]; nextCursor: string | null }>(),
    'List Failed': props<{ problem: Problem }>(),
    'More Loaded': props<{ sessions: readonly Session[]; nextCursor: string | null }>(),
    'Session Loaded': props<{ session: Session }>(),
    'Session Failed': props<{ sessionId: string; problem: Problem }>(),
    Created: props<{ session: Session }>(),
    'Create Failed': props<{ problem: Problem }>(),
    /** The server agreed with what was shown already. */
    Updated: props<{ session: Session; before: Session }>(),
    /** It did not: what was there before is put back. */
    'Update Refused': props<{ before: Session; problem: Problem }>(),
    Deleted: props<{ sessionId: string; title: string }>(),
    'Delete Failed': props<{ problem: Problem }>(),
    'Reindex Started': props<{ sessionId: string }>(),
    'Reindex Failed': props<{ problem: Problem }>(),
  },
});
