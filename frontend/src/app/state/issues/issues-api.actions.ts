import { createActionGroup, props } from '@ngrx/store';
import type { Issue, UpdateIssue } from '@yudai/sdk';
import type { Problem } from '../../core/problem/problem';

/** What the server answers about issues. */
export const issuesApiActions = createActionGroup({
  source: 'Issues API',
  events: {
    'List Loaded': props<{ sessionId: string; issues: readonly Issue[]; nextCursor: string | null }>(),
    'More Loaded': props<{ sessionId: string; issues: readonly Issue[]; nextCursor: string | null }>(),
    'List Failed': props<{ sessionId: string; problem: Problem }>(),
    Created: props<{ issue: Issue }>(),
    'Create Failed': props<{ problem: Problem }>(),
    /** An issue as the server has it now, whatever the reason to ask was. */
    Loaded: props<{ issue: Issue }>(),
    'Load Failed': props<{ issueId: string; problem: Problem }>(),
    Saved: props<{ issue: Issue; changes: UpdateIssue }>(),
    'Save Failed': props<{ issueId: string; changes: UpdateIssue; problem: Problem }>(),
    /** Publishing, redrafting or restoring was refused. */
    'Change Failed': props<{ issueId: string; problem: Problem }>(),
    Deleted: props<{ issue: Issue }>(),
    'Delete Failed': props<{ problem: Problem }>(),
  },
});
