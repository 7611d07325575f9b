import { createActionGroup, props } from '@ngrx/store';
import type { Solve } from '@yudai/sdk';
import type { Problem } from '../../core/problem/problem';

/** What the server answers about solves. */
export const solvesApiActions = createActionGroup({
  source: 'Solves API',
  events: {
    'List Loaded': props<{ sessionId: string; solves: readonly Solve[]; nextCursor: string | null }>(),
    'More Loaded': props<{ sessionId: string; solves: readonly Solve[]; nextCursor: string | null }>(),
    'List Failed': props<{ sessionId: string; problem: Problem }>(),
    Started: props<{ solve: Solve }>(),
    'Start Failed': props<{ problem: Problem }>(),
    Loaded: props<{ solve: Solve }>(),
    'Load Failed': props<{ solveId: string; problem: Problem }>(),
    Cancelled: props<{ solve: Solve }>(),
    'Cancel Failed': props<{ solveId: string; problem: Problem }>(),
    'Pull Request Opened': props<{ solveId: string; number: number; url: string }>(),
    'Pull Request Failed': props<{ solveId: string; problem: Problem }>(),
  },
});
