import { Component, computed, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { Icon } from '../../../ui/icon/icon';
import { isoTime } from '../audit-filter';
import type { Trail } from './trail';

const number = new Intl.NumberFormat('en');
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })
  .formatToParts()
  .find(({ type }) => type === 'timeZoneName')?.value;

/** How much there is, and the way to a time in it. */
@Component({
  selector: 'app-trail-line',
  imports: [MatButton, MatIconButton, Icon],
  template: `
    <p class="count" role="status">{{ words() }}</p>
    <form (submit)="jump($event, time.value)">
      <label class="hint" for="trail-time">Go to</label>
      <input #time id="trail-time" class="input" type="datetime-local" [attr.aria-describedby]="'trail-zone'" />
      <span id="trail-zone" class="hint zone">{{ zone }}</span>
      <button matButton="outlined" type="submit">Go</button>
      <button
        matIconButton
        type="button"
        aria-label="Look for newer entries"
        title="Look for newer entries"
        (click)="refresh.emit()"
      >
        <app-icon name="refresh" />
      </button>
    </form>
  `,
  styles: `
    :host,
    form {
      display: flex;
      align-items: center;
      gap: var(--s2);
    }
    :host {
      flex-wrap: wrap;
      justify-content: space-between;
      padding: 0 var(--s2) var(--s2) var(--s4);
    }
    .count {
      font-size: var(--text-13);
      color: var(--text-muted);
      font-variant-numeric: tabular-nums;
    }
    .input {
      width: 200px;
    }
    .zone {
      white-space: nowrap;
    }
    @media (max-width: 599px) {
      .count {
        width: 100%;
      }
      form {
        flex: 1;
      }
      .input {
        flex: 1;
        min-width: 0;
      }
    }
  `,
})
export class TrailLine {
  readonly trail = input.required<Trail>();
  readonly loading = input(false);
  /** A time in ISO 8601. */
  readonly goTo = output<string>();
  readonly refresh = output();

  protected readonly zone = zone;
  protected readonly words = computed(() => {
    const { whole, counted, length, cursors } = this.trail();
    if (this.loading()) return 'Looking';
    if (whole) return `${number.format(length)} ${length === 1 ? 'entry' : 'entries'}`;
    if (counted) return `${number.format(length)} ${length === 1 ? 'entry matches' : 'entries match'}`;
    return `More than ${number.format((cursors.length - 1) * 100)} entries match`;
  });

  protected jump(event: Event, local: string): void {
    event.preventDefault();
    const at = isoTime(local);
    if (at) this.goTo.emit(at);
  }
}
