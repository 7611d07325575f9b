import type { Issue } from '@yudai/sdk';
import type { Question } from '../../../ui/confirm/confirm';

/** What is lost with an issue, asked before it is: on GitHub nothing ever is. */
export function deleteIssueQuestion({ title, status, revision, githubNumber }: Issue): Question {
  const details = [{ label: 'Title', value: title || 'None yet' }];
  if (status === 'published')
    return {
      title: 'Remove this issue from the session?',
      text: `Issue #${githubNumber} stays on GitHub. Its text, its revisions and its solves are removed here.`,
      details,
      confirm: 'Remove the issue',
      danger: true,
    };
  return {
    title: 'Delete this draft?',
    text: 'Its text, its revisions and its solves are lost. It was never sent to GitHub.',
    details: [...details, { label: 'Revisions', value: String(revision) }],
    confirm: 'Delete the draft',
    danger: true,
  };
}
