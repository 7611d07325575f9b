import { createActionGroup, props } from '@ngrx/store';
import type { OpenPullRequest, StartSolve } from '@yudai/sdk';

/** What a person does with the solves of a session. */
export const solvesPageActions = createActionGroup({
  source: 'Solves Page',
  events: {
    'List Asked': props<{ sessionId: string }>(),
    'More Asked': props<{ sessionId: string }>(),
    Opened: props<{ solveId: string }>(),
    'Start Asked': props<{ issueId: string; wish: StartSolve }>(),
    'Pull Request Confirmed': props<{ solveId: string; wish: OpenPullRequest }>(),
    'Cancel Confirmed': props<{ solveId: string }>(),
  },
});
