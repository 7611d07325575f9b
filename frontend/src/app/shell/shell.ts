import { Component, type ElementRef, inject, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatDialog } from '@angular/material/dialog';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { Store } from '@ngrx/store';
import { filter, map, pairwise, startWith } from 'rxjs';
import { authActions } from '../core/auth/auth.actions';
import { authFeature } from '../core/auth/auth.feature';
import { Palette } from '../ui/command-palette/palette';
import { ErrorState } from '../ui/error-state/error-state';
import { useShortcuts } from '../ui/shortcuts/shortcuts';
import { Banners } from './banners/banners';
import { nameOverlays } from './name-overlays';
import { usePlaces } from './palette-sources';
import { Rail } from './rail/rail';

const pathOf = (url: string): string => url.split(/[?#]/)[0] ?? '';

/** The frame around every page of a signed-in person: places at the side, banners above, the page. */
@Component({
  selector: 'app-shell',
  imports: [RouterOutlet, Banners, ErrorState, Rail],
  templateUrl: './shell.html',
  styleUrl: './shell.css',
})
export class Shell {
  private readonly store = inject(Store);
  private readonly dialog = inject(MatDialog);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  protected readonly problem = this.store.selectSignal(authFeature.selectProblem);

  constructor() {
    const palette = inject(Palette);
    useShortcuts([
      { keys: 'mod+k', label: 'Command palette', group: 'General', run: () => void palette.open() },
      { keys: '?', label: 'This list', group: 'General', run: () => void this.showKeys() },
    ]);
    usePlaces(() => void this.showKeys());
    this.focusNewPages();
    nameOverlays();
  }

  protected skip(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  protected retry(): void {
    this.store.dispatch(authActions.identityNeeded());
  }

  private async showKeys(): Promise<void> {
    const { ShortcutSheet } = await import('../ui/shortcuts/shortcut-sheet');
    if (!this.dialog.getDialogById('keys')) this.dialog.open(ShortcutSheet, { id: 'keys', width: '420px' });
  }

  /** After a change of page (not of a tab or filter) the focus starts at its top, unless the page has put it somewhere. */
  private focusNewPages(): void {
    const router = inject(Router);
    router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        map((event) => pathOf(event.urlAfterRedirects)),
        startWith(pathOf(router.url)),
        pairwise(),
        filter(([before, after]) => before !== after),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        const main = this.main().nativeElement;
        setTimeout(() => {
          if (!main.contains(document.activeElement)) main.focus({ preventScroll: true });
        });
      });
  }
}
