import type { Session } from '@yudai/sdk';
import type { Question } from '../../ui/confirm/confirm';

/** What is lost with a session, asked before it is. */
export const deleteQuestion = (session: Session): Question => ({
  title: 'Delete this session?',
  text: 'Its messages, cards, drafts and solves are lost. Issues and pull requests on GitHub stay.',
  details: [
    { label: 'Session', value: session.title },
    { label: 'Repository', value: `${session.owner}/${session.repo}` },
    { label: 'Messages', value: String(session.counts.messages) },
  ],
  confirm: 'Delete the session',
  danger: true,
});
