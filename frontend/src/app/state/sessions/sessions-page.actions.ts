import { createActionGroup, emptyProps, props } from '@ngrx/store';
import type { CreateSession, Session } from '@yudai/sdk';

/** What the list of sessions shows: words to search for, and whether the archived ones. */
export interface SessionsFilter {
  readonly query: string;
  readonly archived: boolean;
}

/** What a person does on the page with all sessions. */
export const sessionsPageActions = createActionGroup({
  source: 'Sessions Page',
  events: {
    'List Asked': props<{ filter: SessionsFilter }>(),
    'More Asked': emptyProps(),
    'Create Asked': props<{ session: CreateSession }>(),
    'Rename Asked': props<{ session: Session; title: string }>(),
    'Archive Asked': props<{ session: Session; archived: boolean }>(),
    'Delete Confirmed': props<{ session: Session }>(),
  },
});
