import { Component, computed, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { amount, limitLabel, share, usedOf } from '../../../core/limits/limit-words';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { Meter } from '../../../ui/meter/meter';
import { RelativeTime } from '../../../ui/relative-time/relative-time';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { SettingsSection } from '../section/settings-section';
import { LimitsStore } from './limits.store';

/** Limits over a longer time than a minute come first: they are what one plans with. */
const budgets = ['tokens-per-day', 'usd-per-month', 'open-solves'];

/** The server's limits for this person, so that a refusal is no riddle. */
@Component({
  selector: 'app-limits',
  imports: [MatIconButton, ErrorState, Icon, Meter, RelativeTime, SettingsSection, Skeleton],
  providers: [LimitsStore],
  templateUrl: './limits.html',
  styleUrl: './limits.css',
})
export class Limits {
  protected readonly limits = inject(LimitsStore);
  private readonly rows = computed(() =>
    this.limits.items().map(({ name, used, reserved, limit, resetsAt }) => ({
      name,
      resetsAt,
      label: limitLabel(name),
      words: usedOf(name, used, limit),
      held: reserved > 0 ? `${amount(name, reserved)} held for what is under way` : '',
      usedShare: share(used, limit),
      heldShare: share(reserved, limit) ?? 0,
    })),
  );
  protected readonly groups = computed(() => [
    { title: 'Budgets', rows: this.rows().filter(({ name }) => budgets.includes(name)) },
    { title: 'In a minute', rows: this.rows().filter(({ name }) => !budgets.includes(name)) },
  ]);

  constructor() {
    this.limits.show('mine');
  }
}
