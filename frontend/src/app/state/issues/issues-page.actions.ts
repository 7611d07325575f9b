import { createActionGroup, props } from '@ngrx/store';
import type { CreateIssue, Issue, UpdateIssue } from '@yudai/sdk';

/** What a person does with the issues of a session. */
export const issuesPageActions = createActionGroup({
  source: 'Issues Page',
  events: {
    'List Asked': props<{ sessionId: string }>(),
    'More Asked': props<{ sessionId: string }>(),
    /** The model writes a draft, or an issue that is on GitHub already is taken in. */
    'Create Asked': props<{ sessionId: string; issue: CreateIssue }>(),
    Opened: props<{ issueId: string }>(),
    /** Words of a draft, and the revision they were written on. */
    'Save Asked': props<{ issueId: string; changes: UpdateIssue }>(),
    'Redraft Asked': props<{ issueId: string; instructions: string }>(),
    'Restore Asked': props<{ issueId: string; revision: number }>(),
    'Publish Confirmed': props<{ issueId: string }>(),
    'Delete Confirmed': props<{ issue: Issue }>(),
  },
});
