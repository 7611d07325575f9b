import { Component, computed, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { SettingsSection } from '../section/settings-section';
import { LimitsStore } from './limits.store';

const words: Readonly<Record<string, string>> = {
  repositories: 'Lists of repositories',
  search: 'Searches',
  chat: 'Messages',
  draft: 'Drafts',
  publish: 'Publishing',
  solve: 'Solves started',
  'tokens-per-day': 'Tokens today',
  'usd-per-month': 'US dollars this month',
  'open-solves': 'Solves at the same time',
  default: 'Everything else',
};

const number = new Intl.NumberFormat('en');

/** The server's limits for this person, so that a refusal is no riddle. */
@Component({
  selector: 'app-limits',
  imports: [MatIconButton, ErrorState, Icon, SettingsSection, Skeleton],
  providers: [LimitsStore],
  template: `
    <app-settings-section
      name="limits"
      heading="Limits"
      about="What the server does for you in a minute, and at the same time, and how much of it is used."
    >
      <button
        action
        matIconButton
        type="button"
        aria-label="Look again"
        title="Look again"
        [disabled]="limits.status() === 'loading'"
        (click)="limits.reload()"
      >
        <app-icon name="refresh" />
      </button>
      @if (limits.problem(); as problem) {
        <app-error-state class="pad" [problem]="problem" (retry)="limits.reload()" />
      } @else if (limits.firstLoad()) {
        <app-skeleton [rows]="5" [rowHeight]="36" />
      } @else {
        <dl>
          @for (row of rows(); track row.name) {
            <dt>{{ row.label }}</dt>
            <dd>{{ row.words }}</dd>
          }
        </dl>
      }
    </app-settings-section>
  `,
  styles: `
    .pad {
      margin: var(--s4);
    }
    dl {
      display: grid;
      grid-template-columns: 1fr auto;
      padding: var(--s2) var(--s4);
      font-size: var(--text-13);
    }
    dt,
    dd {
      padding: var(--s1) 0;
    }
    dd {
      color: var(--text-muted);
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class Limits {
  protected readonly limits = inject(LimitsStore);
  protected readonly rows = computed(() =>
    this.limits.items().map(({ name, used, limit }) => ({
      name,
      label: words[name] ?? name,
      words: limit === null ? `${number.format(used)}, no limit` : `${number.format(used)} of ${number.format(limit)}`,
    })),
  );

  constructor() {
    this.limits.show('mine');
  }
}
