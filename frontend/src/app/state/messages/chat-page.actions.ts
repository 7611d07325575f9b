import { createActionGroup, emptyProps, props } from '@ngrx/store';
import type { Outgoing } from './outgoing';

/** What a person does in the conversation. */
export const chatPageActions = createActionGroup({
  source: 'Chat Page',
  events: {
    /** The page shows a session's conversation; `leaf` names the last message of another branch than the current one. */
    Opened: props<{ sessionId: string; leaf: string | null }>(),
    Closed: emptyProps(),
    'Reload Asked': emptyProps(),
    'Older Asked': emptyProps(),
    'Send Asked': props<{ message: Omit<Outgoing, 'status'> }>(),
    'Resend Asked': props<{ clientMessageId: string }>(),
    'Discard Asked': props<{ clientMessageId: string }>(),
    'Stop Asked': props<{ sessionId: string; messageId: string }>(),
    'Another Answer Asked': props<{ sessionId: string; messageId: string }>(),
  },
});
