import { signalStore } from '@ngrx/signals';
import { type IssueRevision, listIssueRevisions } from '@yudai/sdk';
import { withPages } from '../../../../core/paged/with-pages';

/** Earlier texts of one issue, newest first. */
export const RevisionsStore = signalStore(
  withPages<IssueRevision, string>((issueId, cursor, on) =>
    listIssueRevisions({ path: { issueId }, query: cursor ? { cursor } : {}, ...on }),
  ),
);
