import { Component, inject } from '@angular/core';
import { MatDivider } from '@angular/material/divider';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { authActions } from '../../core/auth/auth.actions';
import { authFeature } from '../../core/auth/auth.feature';
import { Theme, type ThemeChoice } from '../../core/theme/theme';
import { Avatar } from '../../ui/avatar/avatar';
import { Icon } from '../../ui/icon/icon';
import type { IconName } from '../../ui/icon/icons';

/** Who is signed in, the colours, and the way out. */
@Component({
  selector: 'app-user-menu',
  imports: [MatDivider, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink, Avatar, Icon],
  templateUrl: './user-menu.html',
  styleUrl: './user-menu.css',
})
export class UserMenu {
  private readonly store = inject(Store);
  protected readonly theme = inject(Theme);
  protected readonly me = this.store.selectSignal(authFeature.selectMe);

  protected readonly themes: readonly { readonly id: ThemeChoice; readonly label: string; readonly icon: IconName }[] =
    [
      { id: 'system', label: "The system's colours", icon: 'monitor' },
      { id: 'light', label: 'Light', icon: 'sun' },
      { id: 'dark', label: 'Dark', icon: 'moon' },
    ];

  protected signOut(): void {
    this.store.dispatch(authActions.signOutAsked());
  }
}
