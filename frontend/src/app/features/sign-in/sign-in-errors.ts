/** What happened at a failed sign-in, and what to do about it. */
export interface SignInFailure {
  readonly title: string;
  readonly advice: string;
}

const failures: Record<string, SignInFailure> = {
  denied: {
    title: 'GitHub was not allowed to tell us who you are',
    advice: 'Sign in again and press “Authorize” on the page GitHub shows.',
  },
  'not-allowed': {
    title: 'This account may not sign in here',
    advice: 'Ask whoever runs this server to add you or one of your organisations, then try again.',
  },
  disabled: { title: 'This account is switched off', advice: 'Ask an administrator of this server to switch it on.' },
  state: {
    title: 'The sign-in took too long or was begun in another window',
    advice: 'Start again from here. Cookies must be allowed for this site.',
  },
  code: {
    title: 'GitHub did not confirm who you are',
    advice: 'Start again from here; what GitHub sends along works once.',
  },
  github: { title: 'GitHub did not answer', advice: 'Try again in a minute.' },
};

/** Words for a code; for a new one, its last part may still be known. */
export function signInError(code: string): SignInFailure {
  const name = code.replace(/^.*[.]/, '').replaceAll('_', '-');
  return (
    (Object.hasOwn(failures, name) ? failures[name] : undefined) ?? {
      title: 'Signing in did not work',
      advice: 'Try again. If it stays, tell whoever runs this server: ' + code.slice(0, 60),
    }
  );
}
