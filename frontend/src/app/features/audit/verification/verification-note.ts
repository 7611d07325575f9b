import { Component, computed, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import type { AuditVerification } from '@yudai/sdk';
import { Icon } from '../../../ui/icon/icon';
import { verificationInWords } from './verification-words';

/** What a verification has found: one sentence to act on. */
@Component({
  selector: 'app-verification-note',
  imports: [MatIconButton, Icon],
  template: `
    <div class="note" role="alert" [class.broken]="!verification().intact">
      <app-icon [name]="verification().intact ? 'check' : 'warning'" />
      <div class="words">
        <p class="title">{{ words().title }}</p>
        <p>{{ words().text }}</p>
      </div>
      <button matIconButton type="button" aria-label="Dismiss the result" (click)="dismiss.emit()">
        <app-icon name="close" />
      </button>
    </div>
  `,
  styles: `
    .note {
      display: flex;
      gap: var(--s3);
      padding: var(--s2) var(--s2) var(--s2) var(--s4);
      background: var(--good-soft);
      font-size: var(--text-13);
    }
    .note > app-icon {
      flex: none;
      margin-top: 8px;
      color: var(--good);
    }
    .broken {
      background: var(--danger-soft);
    }
    .broken > app-icon {
      color: var(--danger);
    }
    .words {
      flex: 1;
      padding: 6px 0;
    }
    .title {
      font-weight: 600;
    }
  `,
})
export class VerificationNote {
  readonly verification = input.required<AuditVerification>();
  readonly dismiss = output();
  protected readonly words = computed(() => verificationInWords(this.verification()));
}
