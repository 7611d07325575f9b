import { createActionGroup, props } from '@ngrx/store';
import type { Message } from '@yudai/sdk';
import type { Problem } from '../../core/problem/problem';

/** What the server answers about messages. Pages come newest first. */
export const messagesApiActions = createActionGroup({
  source: 'Messages API',
  events: {
    Loaded: props<{ sessionId: string; messages: readonly Message[]; nextCursor: string | null }>(),
    Failed: props<{ problem: Problem }>(),
    'Older Loaded': props<{ sessionId: string; messages: readonly Message[]; nextCursor: string | null }>(),
    'Older Failed': props<{ problem: Problem }>(),
    Sent: props<{ sessionId: string; clientMessageId: string; message: Message; answerId: string }>(),
    'Send Failed': props<{ clientMessageId: string; problem: Problem }>(),
    /** Another answer to the same question has begun beside the one retried. */
    'Another Answer Begun': props<{ sessionId: string; besideId: string; answerId: string }>(),
    'Answer Refused': props<{ problem: Problem }>(),
  },
});
