import { Component, inject, input, signal, DOCUMENT } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icons';

/** Puts a text on the clipboard and says so, to the eye and to a screen reader. */
@Component({
  selector: 'app-copy-button',
  imports: [MatIconButton, Icon],
  template: `
    <button matIconButton type="button" [attr.aria-label]="label()" [title]="label()" (click)="copy()">
      <app-icon [name]="copied() ? 'check' : icon()" />
    </button>
    <span class="visually-hidden" aria-live="polite">{{ copied() ? 'Copied' : '' }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
    }
  `,
})
export class CopyButton {
  readonly text = input.required<string>();
  readonly label = input('Copy');
  readonly icon = input<IconName>('copy');

  protected readonly copied = signal(false);
  private readonly clipboard = inject(DOCUMENT).defaultView?.navigator.clipboard;

  protected async copy(): Promise<void> {
    try {
      await this.clipboard?.writeText(this.text());
    } catch {
      // The browser refused (no focus, no permission); nothing was copied, so nothing is announced.
      return;
    }
    this.copied.set(true);
    setTimeout(() => this.copied.set(false), 1500);
  }
}
