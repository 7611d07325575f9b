import { createActionGroup, props } from '@ngrx/store';
import type { StartSolve } from '@yudai/sdk';

/** What a person does with the solves of a session. */
export const solvesPageActions = createActionGroup({
  source: 'Solves Page',
  events: {
    'List Asked': props<{ sessionId: string }>(),
    'More Asked': props<{ sessionId: string }>(),
    Opened: props<{ solveId: string }>(),
    'Start Asked': props<{ issueId: string; wish: StartSolve }>(),
    'Cancel Confirmed': props<{ solveId: string }>(),
  },
});
