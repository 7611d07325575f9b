import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Outgoing } from '../../../../state/messages/outgoing';
import { ErrorState } from '../../../../ui/error-state/error-state';

/** A message on its way; when it did not arrive, the words are kept and can be sent again. */
@Component({
  selector: 'app-outgoing-item',
  imports: [MatButton, ErrorState],
  template: `
    <p class="text">{{ message().text }}</p>
    @if (problem(); as problem) {
      <app-error-state [problem]="problem" (retry)="resend.emit()">
        <button matButton type="button" (click)="discard.emit()">Discard</button>
      </app-error-state>
    } @else {
      <p class="faint" role="status">Sending</p>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--s2);
      padding: var(--s3) var(--s4) 0 44px;
    }
    .text {
      overflow-wrap: anywhere;
      white-space: pre-wrap;
      color: var(--text-muted);
    }
    .faint {
      font-size: var(--text-12);
    }
  `,
})
export class OutgoingItem {
  readonly message = input.required<Outgoing>();
  readonly resend = output();
  readonly discard = output();

  protected readonly problem = computed(() => {
    const { status } = this.message();
    return typeof status === 'object' ? status.problem : undefined;
  });
}
