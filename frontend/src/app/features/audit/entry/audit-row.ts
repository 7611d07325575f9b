import { Component, computed, input } from '@angular/core';
import { Icon } from '../../../ui/icon/icon';
import type { TrailRow } from '../trail/trail';
import { actorOf, targetOf } from './entry-words';

const clock = { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const thisYear = new Intl.DateTimeFormat('en-GB', clock);
const anotherYear = new Intl.DateTimeFormat('en-GB', { ...clock, year: 'numeric' });

/** One entry of the trail: when, who, what, to what, and how it ended. */
@Component({
  selector: 'app-audit-row',
  imports: [Icon],
  template: `
    @let found = shown();
    @if (found) {
      <time class="time" [attr.datetime]="found.entry.at">{{ found.at }}</time>
      <span class="actor truncate">{{ found.actor }}</span>
      <code class="action truncate">{{ found.entry.action }}</code>
      <span class="target truncate">{{ found.target }}</span>
      <span class="result" [attr.data-result]="found.entry.result">
        <app-icon [name]="found.icon" />
        {{ found.entry.result }}
      </span>
    } @else if (row() === 'missing') {
      <span class="hole"><app-icon name="warning" /> Entry {{ number() }} is missing</span>
    } @else {
      <span class="bar"></span><span class="bar short"></span><span class="bar short"></span><span class="bar"></span>
    }
  `,
  styleUrl: './audit-row.css',
  host: { '[class.stacked]': 'stacked()', '[class.wide]': '!stacked()' },
})
export class AuditRow {
  /** Nothing while it is on its way. */
  readonly row = input.required<TrailRow | undefined>();
  /** In two lines, where five columns do not fit. */
  readonly stacked = input(false);
  /** Of an entry that is missing. */
  readonly number = input<number>();

  protected readonly shown = computed(() => {
    const entry = this.row();
    if (entry === undefined || entry === 'missing') return undefined;
    const at = new Date(entry.at);
    return {
      entry,
      at: (at.getFullYear() === new Date().getFullYear() ? thisYear : anotherYear).format(at),
      actor: actorOf(entry),
      target: targetOf(entry),
      icon: entry.result === 'ok' ? 'check' : entry.result === 'denied' ? 'lock' : 'warning',
    } as const;
  });
}
