import { createActionGroup, props } from '@ngrx/store';
import type { Message, Retrieval } from '@yudai/sdk';
import type { Problem } from '../../core/problem/problem';

/** An answer as it is being written. The stream starts over from the first word, so the text does too. */
export const messageStreamActions = createActionGroup({
  source: 'Message Stream',
  events: {
    Started: props<{ messageId: string }>(),
    'Text Received': props<{ messageId: string; text: string }>(),
    'Context Received': props<{ messageId: string; retrieval: Retrieval }>(),
    Finished: props<{ message: Message }>(),
    Failed: props<{ messageId: string; problem: Problem }>(),
  },
});
