import type { Session } from '@yudai/sdk';
import type { Tab } from '../../../ui/tabs/tabs';

/** The parts of a session as tabs; the conversation is one of them where the panel lies over it. */
export function workspaceTabs(session: Session | undefined, withChat: boolean): readonly Tab[] {
  const counts = session?.counts;
  return [
    ...(withChat ? [{ id: 'chat', label: 'Chat' }] : []),
    { id: 'context', label: 'Context', count: counts?.cards },
    { id: 'files', label: 'Files' },
    { id: 'issues', label: 'Issues', count: counts?.issues },
    { id: 'solves', label: 'Solves', count: counts?.solves },
  ];
}
