import { createActionGroup, emptyProps } from '@ngrx/store';

/** What a person does about being signed in, from the shell. */
export const authActions = createActionGroup({
  source: 'Shell Auth',
  events: {
    /** The first guarded page was asked for, or a failed look is tried again. */
    'Identity Needed': emptyProps(),
    'Sign Out Asked': emptyProps(),
  },
});
