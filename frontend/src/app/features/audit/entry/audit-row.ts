import { Component, computed, input, output } from '@angular/core';
import type { AuditEntry } from '@yudai/sdk';
import { Icon } from '../../../ui/icon/icon';
import { actorOf, targetOf } from './entry-words';

const time = new Intl.DateTimeFormat('en-GB', {
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** One entry of the trail: when, who, what, to what, and how it ended. */
@Component({
  selector: 'app-audit-row',
  imports: [Icon],
  template: `
    <button
      type="button"
      data-row
      [class.stacked]="stacked()"
      [attr.aria-current]="selected() ? 'true' : null"
      (click)="choose.emit()"
    >
      <time class="time" [attr.datetime]="entry().at">{{ at() }}</time>
      <span class="actor truncate">{{ actor() }}</span>
      <code class="action truncate">{{ entry().action }}</code>
      <span class="target truncate">{{ target() }}</span>
      <span class="result" [attr.data-result]="entry().result">
        <app-icon [name]="entry().result === 'ok' ? 'check' : entry().result === 'denied' ? 'lock' : 'warning'" />
        {{ entry().result }}
      </span>
    </button>
  `,
  styleUrl: './audit-row.css',
})
export class AuditRow {
  readonly entry = input.required<AuditEntry>();
  readonly selected = input(false);
  /** In two lines, where five columns do not fit. */
  readonly stacked = input(false);
  readonly choose = output();

  protected readonly at = computed(() => time.format(new Date(this.entry().at)));
  protected readonly actor = computed(() => actorOf(this.entry()));
  protected readonly target = computed(() => targetOf(this.entry()));
}
