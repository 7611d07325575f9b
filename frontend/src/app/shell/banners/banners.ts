import { Component, computed, effect, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { NavigationEnd, Router } from '@angular/router';
import { Store } from '@ngrx/store';
import { filter } from 'rxjs';
import { authFeature } from '../../core/auth/auth.feature';
import { liveFeature } from '../../core/live/live.feature';
import { Icon } from '../../ui/icon/icon';
import { Toasts } from '../../ui/toast/toasts';

/** What concerns every page: a connection that stays away, a GitHub access that has ended. */
@Component({
  selector: 'app-banners',
  imports: [MatButton, Icon],
  template: `
    @if (offline()) {
      <div class="banner" role="status">
        <app-icon name="warning" />
        <p>The connection to the server is lost. It is tried again by itself; what you see may be old.</p>
      </div>
    }
    @if (github(); as github) {
      @if (!github.connected) {
        <div class="banner" role="status">
          <app-icon name="link" />
          <p>GitHub no longer accepts your sign-in. Repositories cannot be read until it is renewed.</p>
          <a matButton="outlined" [href]="reconnectUrl()">Reconnect GitHub</a>
        </div>
      }
    }
  `,
  styleUrl: './banners.css',
})
export class Banners {
  private readonly store = inject(Store);
  protected readonly offline = this.store.selectSignal(liveFeature.selectBanner);
  protected readonly github = this.store.selectSignal(authFeature.selectGithub);
  private readonly login = this.store.selectSignal(authFeature.selectMe);
  private readonly router = inject(Router);
  private readonly navigated = toSignal(this.router.events.pipe(filter((event) => event instanceof NavigationEnd)));
  /** The same account again, and back to this page. */
  protected readonly reconnectUrl = computed(() => {
    this.navigated();
    const query = new URLSearchParams({ login: this.login()?.login ?? '', returnTo: this.router.url });
    return `/api/auth/login?${query.toString()}`;
  });

  constructor() {
    const toasts = inject(Toasts);
    const status = this.store.selectSignal(liveFeature.selectStatus);
    let wasLong = false;
    effect(() => {
      if (wasLong && status() === 'open') toasts.show('Connected again');
      wasLong = status() === 'lostForLong' || (wasLong && status() !== 'open');
    });
  }
}
