import { Component, computed, input } from '@angular/core';
import type { Solve } from '@yudai/sdk';
import { duration } from '../../../../ui/relative-time/relative';
import type { Run } from '../run/run';

interface Meter {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
  readonly text: string;
}

const dollars = (cost: number): string => `$${cost.toFixed(cost < 1 ? 3 : 2)}`;
const number = new Intl.NumberFormat('en');

/** How much of its limits a solve has used: steps, time, money. */
@Component({
  selector: 'app-budget-line',
  template: `
    @for (meter of meters(); track meter.name) {
      <div class="meter">
        <p>
          <span class="name">{{ meter.name }}</span> {{ meter.text }}
        </p>
        <div
          class="track"
          role="meter"
          aria-valuemin="0"
          [attr.aria-label]="meter.name"
          [attr.aria-valuemax]="meter.limit"
          [attr.aria-valuenow]="meter.used"
          [attr.aria-valuetext]="meter.text"
        >
          <div class="bar" [class.tight]="meter.used >= 0.8 * meter.limit" [style.width.%]="share(meter)"></div>
        </div>
      </div>
    }
    <p class="tokens">
      <span class="name">Tokens</span> {{ tokens() }} <span class="truncate mono">{{ solve().model }}</span>
    </p>
  `,
  styleUrl: './budget-line.css',
})
export class BudgetLine {
  readonly solve = input.required<Solve>();
  /** What its events say, which is newer than the solve while it runs. */
  readonly spent = input<Run['spent']>();

  protected readonly tokens = computed(() => number.format(this.solve().spent.tokens));
  protected readonly meters = computed<readonly Meter[]>(() => {
    const { spent, limits } = this.solve();
    const live = this.spent();
    const steps = Math.max(spent.steps, live?.steps ?? 0);
    const seconds = Math.max(spent.seconds, live?.seconds ?? 0);
    const cost = Math.max(spent.costUsd, live?.costUsd ?? 0);
    return [
      { name: 'Steps', used: steps, limit: limits.steps, text: `${steps} of ${limits.steps}` },
      {
        name: 'Time',
        used: seconds,
        limit: limits.minutes * 60,
        text: `${duration(Math.round(seconds))} of ${duration(limits.minutes * 60)}`,
      },
      { name: 'Cost', used: cost, limit: limits.costUsd, text: `${dollars(cost)} of ${dollars(limits.costUsd)}` },
    ];
  });

  protected share({ used, limit }: Meter): number {
    return limit > 0 ? Math.min(100, (used / limit) * 100) : 0;
  }
}
