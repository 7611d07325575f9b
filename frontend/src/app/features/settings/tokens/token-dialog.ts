import { Component, computed, effect, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { Store } from '@ngrx/store';
import type { CreatedApiToken } from '@yudai/sdk';
import { authFeature } from '../../../core/auth/auth.feature';
import { CopyButton } from '../../../ui/copy-button/copy-button';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Clock } from '../../../ui/relative-time/clock';
import { type Scope, lifetimes, scopes, scopesOf } from './scopes';
import { NewTokenStore } from './tokens.store';

const day = 86_400_000;
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** Makes a token, and shows its secret until it is put away: there is no second time. */
@Component({
  selector: 'app-token-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, CopyButton, ErrorState],
  providers: [NewTokenStore],
  templateUrl: './token-dialog.html',
  styleUrl: './token-dialog.css',
})
export class TokenDialog {
  private readonly dialog = inject<MatDialogRef<TokenDialog, CreatedApiToken>>(MatDialogRef);
  private readonly clock = inject(Clock);
  private readonly role = inject(Store).selectSignal(authFeature.selectRole);
  protected readonly token = inject(NewTokenStore);

  protected readonly lifetimes = lifetimes;
  protected readonly scopes = computed(() => scopesOf(this.role()));
  protected readonly name = signal('');
  protected readonly days = signal(90);
  protected readonly chosen = signal<ReadonlySet<Scope>>(new Set(['read']));
  protected readonly endsOn = computed(() => date.format(new Date(this.clock.now() + this.days() * day)));
  protected readonly complete = computed(() => this.name().trim() !== '' && this.chosen().size > 0);

  constructor() {
    // The secret is lost with the dialog, so it no longer closes by a stray key or click.
    effect(() => (this.dialog.disableClose = this.token.created() !== undefined));
  }

  protected toggle(scope: Scope): void {
    this.chosen.update((before) =>
      before.has(scope) ? new Set([...before].filter((each) => each !== scope)) : new Set([...before, scope]),
    );
  }

  protected create(event: Event): void {
    event.preventDefault();
    if (!this.complete() || this.token.busy()) return;
    this.token.create({
      name: this.name().trim(),
      scopes: scopes.map(({ id }) => id).filter((id) => this.chosen().has(id)),
      expiresAt: new Date(this.clock.now() + this.days() * day).toISOString(),
    });
  }
}
