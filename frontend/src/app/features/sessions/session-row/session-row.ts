import { Component, computed, inject, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import type { Session } from '@yudai/sdk';
import { ENDING_REASON, endingMark } from '../../../state/sessions/ending';
import { Icon } from '../../../ui/icon/icon';
import { Clock } from '../../../ui/relative-time/clock';
import { RelativeTime } from '../../../ui/relative-time/relative-time';
import { StatusChip } from '../../../ui/status-chip/status-chip';
import { indexState } from '../../../ui/status-chip/states';

/** One session in the list: what it is about, where, and how far it has come. */
@Component({
  selector: 'app-session-row',
  imports: [MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink, Icon, RelativeTime, StatusChip],
  templateUrl: './session-row.html',
  styleUrl: './session-row.css',
})
export class SessionRow {
  readonly session = input.required<Session>();
  readonly rename = output();
  readonly archive = output();
  readonly remove = output();

  private readonly clock = inject(Clock);
  protected readonly ending = computed(() => endingMark(this.session(), this.clock.now()));
  protected readonly endingReason = ENDING_REASON;
  protected readonly isOwner = computed(() => this.session().role === 'owner');
  protected readonly index = computed(() => {
    const { status } = this.session().index;
    return status === 'ready' ? undefined : indexState(status);
  });
  protected readonly counts = computed(() => {
    const { messages, issues, solves } = this.session().counts;
    const named = (count: number, one: string, many: string): string =>
      count ? `${count} ${count === 1 ? one : many}` : '';
    return [named(messages, 'message', 'messages'), named(issues, 'issue', 'issues'), named(solves, 'solve', 'solves')]
      .filter(Boolean)
      .join(', ');
  });
}
