import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import type { ApiToken, CreatedApiToken } from '@yudai/sdk';
import { firstValueFrom } from 'rxjs';
import { Confirm } from '../../../ui/confirm/confirm';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { ReachEnd } from '../../../ui/reach-end/reach-end';
import { Clock } from '../../../ui/relative-time/clock';
import { RelativeTime } from '../../../ui/relative-time/relative-time';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { SettingsSection } from '../section/settings-section';
import { TokensStore } from './tokens.store';

/** Tokens with which a person's programs use the API in their name. */
@Component({
  selector: 'app-tokens',
  imports: [MatButton, EmptyState, ErrorState, Icon, ReachEnd, RelativeTime, SettingsSection, Skeleton],
  providers: [TokensStore],
  templateUrl: './tokens.html',
  styleUrl: '../section/rows.css',
})
export class Tokens {
  private readonly dialog = inject(MatDialog);
  private readonly confirm = inject(Confirm);
  private readonly clock = inject(Clock);
  protected readonly tokens = inject(TokensStore);
  protected readonly rows = computed(() =>
    this.tokens.items().map((token) => ({
      token,
      scopes: token.scopes.join(', '),
      expired: Date.parse(token.expiresAt) <= this.clock.now(),
    })),
  );

  constructor() {
    this.tokens.show('mine');
  }

  protected async add(): Promise<void> {
    const { TokenDialog } = await import('./token-dialog');
    const opened = this.dialog.open<unknown, undefined, CreatedApiToken>(TokenDialog, {
      width: '480px',
      autoFocus: 'input',
    });
    if (await firstValueFrom(opened.afterClosed())) this.tokens.reload();
  }

  protected async remove({ id, name, scopes }: ApiToken): Promise<void> {
    const sure = await this.confirm.ask({
      title: 'Revoke this token?',
      text: 'Programs that use it are refused at once, and it cannot be brought back.',
      details: [
        { label: 'Token', value: name },
        { label: 'May', value: scopes.join(', ') },
      ],
      confirm: 'Revoke the token',
      danger: true,
    });
    if (sure) this.tokens.remove(id);
  }
}
