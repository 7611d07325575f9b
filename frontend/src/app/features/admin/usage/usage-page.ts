import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import type { Spent } from '@yudai/sdk';
import { dollars } from '../../../core/limits/limit-words';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Clock } from '../../../ui/relative-time/clock';
import { RelativeTime } from '../../../ui/relative-time/relative-time';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { everyDay, periodOf, spans, standardSpan } from './periods';
import { UsageStore } from './usage.store';
import { UsageTable } from './usage-table';

const number = new Intl.NumberFormat('en');
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** What the deployment has used in a period: by user, by repository, day by day, and what GitHub still allows. */
@Component({
  selector: 'app-usage-page',
  imports: [EmptyState, ErrorState, MatButton, RelativeTime, Skeleton, UsageTable],
  providers: [UsageStore],
  templateUrl: './usage-page.html',
  styleUrls: ['./table.css', './usage-page.css'],
})
export class UsagePage {
  /** From the address: so many days up to now, or two dates. */
  readonly days = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();

  private readonly router = inject(Router);
  private readonly opened = inject(Clock).now();
  protected readonly usage = inject(UsageStore);
  protected readonly spans = spans;
  protected readonly byDates = computed(() => !!this.from());
  protected readonly span = computed(() =>
    this.byDates() ? 0 : (spans.find((each) => String(each) === this.days()) ?? standardSpan),
  );
  protected readonly found = computed(() => this.usage.items()[0]);
  protected readonly tiles = computed(() => {
    const total = this.found()?.total;
    return total ? tilesOf(total) : [];
  });
  protected readonly users = computed(() =>
    (this.found()?.users ?? []).map(({ user, ...spent }) => ({ name: user.login, person: user, ...spent })),
  );
  protected readonly repositories = computed(() =>
    (this.found()?.repositories ?? []).map(({ repository, ...spent }) => ({
      name: repository ?? 'Without a repository',
      ...spent,
    })),
  );
  protected readonly bars = computed(() => {
    const found = this.found();
    if (!found) return [];
    const all = everyDay(found.days, found.from, found.to);
    const most = Math.max(...all.map(({ tokens }) => tokens), 1);
    return all.map(({ day, tokens, costUsd }) => ({
      day,
      height: (tokens / most) * 100,
      words: `${date.format(new Date(day))}: ${number.format(tokens)} tokens, ${dollars(costUsd)}`,
    }));
  });
  protected readonly ends = computed(() => [this.bars().at(0), this.bars().at(-1)].map((bar) => dayName(bar?.day)));
  protected readonly github = computed(() => this.found()?.github ?? []);
  protected readonly number = number;

  constructor() {
    this.usage.show(computed(() => periodOf({ from: this.from(), to: this.to(), days: this.days() }, this.opened)));
  }

  protected look(queryParams: Record<string, string | number | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }
}

const dayName = (day: string | undefined): string => (day ? date.format(new Date(day)) : '');

const tilesOf = ({ tokens, costUsd, calls, solves }: Spent) => [
  { label: 'Cost', value: dollars(costUsd) },
  { label: 'Tokens', value: number.format(tokens) },
  { label: 'Calls of models', value: number.format(calls) },
  { label: 'Solves', value: number.format(solves) },
];
