import { Component, inject } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { Icon } from '../icon/icon';
import { type Toast, Toasts } from './toasts';

/** Where notices appear: one polite live region for the whole application. */
@Component({
  selector: 'app-toast-outlet',
  imports: [MatButton, MatIconButton, Icon],
  template: `
    <div aria-live="polite" aria-atomic="false">
      @for (toast of toasts.items(); track toast.id) {
        <div class="toast" [attr.data-tone]="toast.tone">
          <p>{{ toast.text }}</p>
          @if (toast.action; as action) {
            <button matButton type="button" (click)="run(toast)">{{ action.label }}</button>
          }
          <button matIconButton type="button" aria-label="Dismiss" (click)="toasts.dismiss(toast.id)">
            <app-icon name="close" />
          </button>
        </div>
      }
    </div>
  `,
  styleUrl: './toast-outlet.css',
})
export class ToastOutlet {
  protected readonly toasts = inject(Toasts);

  protected run(toast: Toast): void {
    this.toasts.dismiss(toast.id);
    toast.action?.run();
  }
}
