import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Solve } from '@yudai/sdk';
import { RelativeTime } from '../../../../ui/relative-time/relative-time';
import { solveState } from '../../../../ui/status-chip/states';
import { StatusChip } from '../../../../ui/status-chip/status-chip';
import { reasonInWords } from '../solve-words';

/** One solve in a list: where it stands, what it has changed, what it took. */
@Component({
  selector: 'app-solve-row',
  imports: [RouterLink, RelativeTime, StatusChip],
  template: `
    <a data-row [routerLink]="['/s', solve().sessionId, 'solves', solve().id]">
      <span class="line">
        <app-status-chip [state]="state()" />
        <span class="truncate mono">{{ solve().model }}</span>
        <app-relative-time class="time" [at]="solve().createdAt" />
      </span>
      <span class="facts">
        {{ solve().spent.steps }} of {{ solve().limits.steps }} steps
        @if (solve().diffStat.files) {
          <span class="plus">+{{ solve().diffStat.insertions }}</span>
          <span class="minus">−{{ solve().diffStat.deletions }}</span>
        }
        @if (reason(); as words) {
          <span class="truncate">{{ words }}</span>
        }
        @if (solve().pullRequest?.number; as number) {
          <span>pull request #{{ number }}</span>
        }
      </span>
    </a>
  `,
  styles: `
    a {
      display: block;
      padding: 10px var(--s4);
      color: inherit;
    }
    a:hover {
      background: var(--surface-hover);
      text-decoration: none;
    }
    a:focus-visible {
      outline-offset: -2px;
    }
    .line,
    .facts {
      display: flex;
      align-items: center;
      gap: var(--s2);
      min-width: 0;
    }
    .line {
      margin-bottom: var(--s1);
    }
    .time {
      margin-left: auto;
    }
    .facts,
    .time {
      font-size: var(--text-12);
      color: var(--text-faint);
    }
    .plus {
      color: var(--good);
    }
    .minus {
      color: var(--danger);
    }
  `,
})
export class SolveRow {
  readonly solve = input.required<Solve>();
  protected readonly state = computed(() => solveState(this.solve().status));
  protected readonly reason = computed(() => reasonInWords(this.solve().reason));
}
