import { Component, computed, input, output } from '@angular/core';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { Icon } from '../../../../ui/icon/icon';
import type { IconName } from '../../../../ui/icon/icons';
import { solveState } from '../../../../ui/status-chip/states';
import type { Moment } from '../run/run';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

const kinds: Record<string, { readonly label: string; readonly icon: IconName }> = {
  step: { label: 'Step', icon: 'terminal' },
  test: { label: 'Tests', icon: 'check' },
  diff: { label: 'Change', icon: 'diff' },
  notice: { label: 'Notice', icon: 'warning' },
  status: { label: '', icon: 'clock' },
};

/** What happened, in order, with the time of day: states, steps, tests, notices. */
@Component({
  selector: 'app-timeline-tab',
  imports: [EmptyState, Icon],
  template: `
    <ol aria-label="What happened">
      @for (row of rows(); track row.seq) {
        <li>
          <time [attr.datetime]="row.at">{{ row.time }}</time>
          <app-icon [name]="row.icon" />
          @if (row.n; as n) {
            <button type="button" [attr.aria-label]="'Go to step ' + n" (click)="step.emit(n)">{{ row.label }}</button>
          } @else if (row.label) {
            <span class="label">{{ row.label }}</span>
          }
          <span class="text" [class.mono]="row.n">{{ row.text }}</span>
        </li>
      } @empty {
        <app-empty-state icon="clock" title="Nothing has happened yet">
          Every change of state, every step and every test run is listed here.
        </app-empty-state>
      }
    </ol>
  `,
  styleUrl: './timeline-tab.css',
})
export class TimelineTab {
  readonly moments = input.required<readonly Moment[]>();
  readonly step = output<number>();

  protected readonly rows = computed(() =>
    this.moments().map((moment) => {
      const kind = kinds[moment.type] ?? { label: '', icon: 'clock' as const };
      const isState = moment.type === 'status';
      const state = isState ? solveState(moment.text) : undefined;
      return {
        ...moment,
        time: clock.format(new Date(moment.at)),
        icon: state?.icon ?? kind.icon,
        label: moment.n === undefined ? kind.label : `${kind.label} ${moment.n}`,
        text: state?.label ?? moment.text.split('\n')[0] ?? '',
      };
    }),
  );
}
