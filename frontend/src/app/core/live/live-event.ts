import type { Action } from '@ngrx/store';
import type { IndexState, ServerEvent } from '@yudai/sdk';
import { liveActions } from './live.actions';

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const isIndexState = (value: unknown): value is IndexState => typeof record(value)['status'] === 'string';

/** The action an event stands for; nothing for one this client is too old to know. */
export function liveEvent({ event, data }: ServerEvent): Action | undefined {
  const fields = record(data);
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  const sessionId = text('sessionId');
  switch (event) {
    case 'session.changed':
      return liveActions.sessionChanged({ sessionId });
    case 'message.changed':
      return liveActions.messageChanged({ sessionId, messageId: text('messageId') });
    case 'index.changed': {
      const index = fields['index'];
      return isIndexState(index) ? liveActions.indexChanged({ sessionId, index }) : undefined;
    }
    case 'issue.changed':
      return liveActions.issueChanged({ sessionId, issueId: text('issueId') });
    case 'solve.changed':
      return liveActions.solveChanged({ sessionId, solveId: text('solveId'), status: text('status') });
    case 'evaluation.changed':
      return liveActions.evaluationChanged({ sessionId, evaluationId: text('evaluationId') });
    case 'activity.changed':
      return liveActions.activityChanged();
    case 'permission.changed':
      return liveActions.permissionChanged({ owner: text('owner'), repo: text('repo') });
    default:
      return undefined;
  }
}
