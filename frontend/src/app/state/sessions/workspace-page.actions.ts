import { createActionGroup, props } from '@ngrx/store';
import type { Session } from '@yudai/sdk';

/** What a person does with the session they are in. */
export const workspacePageActions = createActionGroup({
  source: 'Workspace Page',
  events: {
    Opened: props<{ sessionId: string }>(),
    Closed: props<{ sessionId: string }>(),
    'Retry Asked': props<{ sessionId: string }>(),
    'Rename Asked': props<{ session: Session; title: string }>(),
    'Archive Asked': props<{ session: Session; archived: boolean }>(),
    'Delete Confirmed': props<{ session: Session }>(),
    'Reindex Asked': props<{ sessionId: string }>(),
  },
});
