import { Component, computed, inject } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { type IsActiveMatchOptions, RouterLink, RouterLinkActive } from '@angular/router';
import { Store } from '@ngrx/store';
import { authFeature } from '../../core/auth/auth.feature';
import { Icon } from '../../ui/icon/icon';
import type { IconName } from '../../ui/icon/icons';
import { ActivityTray } from '../activity-tray/activity-tray';
import { UserMenu } from '../user-menu/user-menu';

interface Place {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
}

/** The places of the application: a rail at the left, on a phone a bar at the bottom. */
@Component({
  selector: 'app-rail',
  imports: [RouterLink, RouterLinkActive, MatTooltip, Icon, ActivityTray, UserMenu],
  templateUrl: './rail.html',
  styleUrl: './rail.css',
})
export class Rail {
  private readonly store = inject(Store);
  private readonly mayAudit = this.store.selectSignal(authFeature.selectMayAudit);
  private readonly isAdmin = this.store.selectSignal(authFeature.selectIsAdmin);

  protected readonly places = computed<Place[]>(() => [
    { path: '/', label: 'Sessions', icon: 'chat' },
    ...(this.mayAudit() ? [{ path: '/audit', label: 'Audit', icon: 'shield' } as const] : []),
    ...(this.isAdmin() ? [{ path: '/admin', label: 'Administration', icon: 'people' } as const] : []),
    { path: '/settings', label: 'Settings', icon: 'settings' },
  ]);

  /** "/" is every address's beginning; a session belongs to the list of sessions all the same. */
  protected readonly exact: IsActiveMatchOptions = {
    paths: 'exact',
    queryParams: 'ignored',
    fragment: 'ignored',
    matrixParams: 'ignored',
  };
  protected readonly below: IsActiveMatchOptions = { ...this.exact, paths: 'subset' };
}
