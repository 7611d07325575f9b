import { Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Icon } from '../../ui/icon/icon';
import { signInError } from './sign-in-errors';

/** The door: what this is, in one sentence, and one button. */
@Component({
  selector: 'app-sign-in',
  imports: [MatButton, Icon],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.css',
})
export class SignIn {
  /** Why the last try failed: a code the server put into the address. */
  readonly error = input<string>();
  readonly returnTo = input<string>();

  protected readonly failure = computed(() => {
    const code = this.error();
    return code ? signInError(code) : undefined;
  });
  protected readonly url = computed(() => {
    const returnTo = this.returnTo();
    // Only a path of our own: "//host" would leave it.
    const safe = returnTo?.startsWith('/') && !/^\/[/\\]/.test(returnTo) ? returnTo : '/';
    return `/api/auth/login?returnTo=${encodeURIComponent(safe)}`;
  });
}
