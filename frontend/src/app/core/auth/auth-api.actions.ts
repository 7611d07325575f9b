import { createActionGroup, emptyProps, props } from '@ngrx/store';
import type { Me } from '@yudai/sdk';
import type { Problem } from '../problem/problem';

/** What the server says about who is signed in. */
export const authApiActions = createActionGroup({
  source: 'Auth API',
  events: {
    'Me Loaded': props<{ me: Me }>(),
    'Nobody Signed In': emptyProps(),
    'Me Failed': props<{ problem: Problem }>(),
    /** Any answer 401: the login ended while the page was open. */
    'Login Ended': emptyProps(),
    /** Any answer `github.reconnect`: the person is signed in here, but GitHub no longer knows them. */
    'Github Lost': emptyProps(),
    'Signed Out': emptyProps(),
    'Sign Out Failed': props<{ problem: Problem }>(),
  },
});
